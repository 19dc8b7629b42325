/** One number that players live by, for the documentation: what it is, and whether somebody has measured it or we assume it. */
export type Row = {
  name: string;
  value: number | string;
  unit: string;
  label: 'sourced' | 'assumed';
  /** Where it was read, or why it is assumed so. */
  source: string;
};
