import type { Basis } from '../../core/basis.ts';

/** One number that players live by, for the documentation. */
export type Row = { name: string; value: number | string; unit: string } & Basis;
