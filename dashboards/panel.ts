/** A dashboard as it is thought of; `build.ts` makes Grafana's JSON of it. */
export type Dashboard = {
  /** Stays for ever: links lead to it. */
  uid: string;
  title: string;
  /** What it is for, one sentence. */
  about: string;
  /** A metric that every process it shows publishes once: job and instance are chosen from its series. */
  identity: string;
  rows: readonly Row[];
};

export type Row = { title: string; panels: readonly Panel[] };

export type Panel = {
  title: string;
  /** The question that it answers, as people ask it. */
  asks: string;
  unit: Unit;
  /** `figure`: the newest value, large. `states`: what holds when. `table`: what there is just now. */
  shape: 'lines' | 'stacked' | 'figure' | 'states' | 'table';
  /** Of the 24 columns of the page. */
  width: 4 | 6 | 8 | 12 | 24;
  queries: readonly Query[];
  /** Where the figure turns yellow and red. */
  limits?: { warn: number; bad: number };
};

/** `legend` may hold {{label}}. */
export type Query = { legend: string; promql: string };

/** Grafana's names of units: https://grafana.com/docs/grafana/latest/panels-visualizations/configure-standard-options/ */
export type Unit = 's' | 'bytes' | 'percentunit' | 'reqps' | 'short' | 'none' | 'string';
