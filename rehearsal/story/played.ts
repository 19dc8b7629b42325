import { operations } from '../../core/outcome.ts';
import type { CourseFigures } from '../../platforms/cluster-model/figures.ts';
import type { Report, ReportWindow } from '../report/format.ts';
import { total } from '../report/numbers.ts';
import type { PlayName } from './play-rows.ts';

/** A metric's values over a play, as they were read; null where no pod answered. */
export type Series = readonly { readonly atMs: number; readonly value: number | null }[];

/** A play that came to its end with a report. */
export type Played = { readonly report: Report; readonly series: { readonly [name: string]: Series } };

/** Everything that rows are read from. */
export type Evidence = {
  readonly plays: { readonly [name in PlayName]?: Played };
  /** The cluster model's figures for the same seed. */
  readonly course: CourseFigures;
  readonly configuration: Configuration;
};

/** What there is of configuration as code. */
export type Configuration = { readonly scenarios: number; readonly environments: number; readonly hasValuesFile: boolean };

/** The steady time of a play: before any fault, and all of it where there is none. */
export function steady({ report }: Played): ReportWindow | null {
  return report.windows.find(({ name }) => name === 'before') ?? null;
}

export function secondsOf({ fromMs, toMs }: ReportWindow): number {
  return (toMs - fromMs) / 1000;
}

/** Useful answers of what was offered, 0..1; null where nothing was. */
export function usefulShare(window: ReportWindow): number | null {
  const planned = total(window, (operation) => operation.planned);
  return planned === 0 ? null : total(window, (operation) => operation.ok) / planned;
}

export function usefulPerSecond(window: ReportWindow): number {
  return total(window, (operation) => operation.ok) / secondsOf(window);
}

export function offeredPerSecond(window: ReportWindow): number {
  return total(window, (operation) => operation.planned) / secondsOf(window);
}

/** The worst p99 of all operations, ms; null where one was never asked for. */
export function worstP99Ms(window: ReportWindow): number | null {
  const p99s = operations.map((operation) => window.operations[operation].latencyUs.p99);
  return p99s.some((p99) => p99 === null) ? null : Math.max(...(p99s as number[])) / 1000;
}

export function playersMax({ report }: Played): number {
  return Math.max(0, ...report.seconds.map(({ players }) => players));
}

/** How much a counter rose. It begins anew with each process, so that a fall is a restart and what follows counts from 0. */
export function riseOf(series: Series | undefined): number | null {
  const values = (series ?? []).flatMap(({ value }) => (value === null ? [] : [value]));
  if (values.length < 2) return null;
  return values
    .slice(1)
    .reduce((sum, value, index) => sum + (value >= (values[index] as number) ? value - (values[index] as number) : value), 0);
}
