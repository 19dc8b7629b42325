import { tableOf } from '../../core/known-tables.ts';
import { below, between, draw, type Random } from '../../core/random.ts';
import { halvedBy, log2, unitOfLog, unitOfPower } from './fixed-point.ts';
import { type QuantileTable, quantileAt, thinkTable } from './quantiles.ts';

/**
 * How long a player stays in a state before the next one: one law per way from state to state. Whole milliseconds. All numbers
 * are assumed unless `source` says where they come from: no think times of game back ends have been published.
 */
export type Hold = (
  | { law: 'weibull'; meanMs: number }
  /** Shape 1.5: what SURGE (Barford and Crovella, SIGMETRICS 1998) is quoted with for inactive users. Cut at `untilMs`. */
  | { law: 'pareto'; fromMs: number; untilMs: number }
  /** Evenly, both included. */
  | { law: 'even'; fromMs: number; toMs: number }
  | { law: 'fixed'; ms: number }
) & { source?: string };

/** Entry 8 * o + r is the quantile whose survival is 2^-o * (16 - r) / 16, as in the table of think times, in 1/65,536 of `fromMs`. */
const paretoTable: QuantileTable = tableOf('pareto 1.5', () => Array.from({ length: 129 }, (_, entry) => paretoQuantile(entry)));

function paretoQuantile(entry: number): number {
  const log = Math.floor(((Math.floor(entry / 8) + 4) * unitOfLog - log2(16 - (entry % 8))) / 1.5);
  const octaves = Math.ceil(log / unitOfLog);
  return Math.round((halvedBy(octaves * unitOfLog - log) * (1 << octaves)) / (unitOfPower / 65_536));
}

/** One stay. */
export function holdMs(stream: Random, hold: Hold): number {
  switch (hold.law) {
    case 'weibull':
      return scaled(quantileAt(thinkTable, draw(stream)), hold.meanMs);
    case 'pareto':
      return Math.min(scaled(quantileAt(paretoTable, draw(stream)), hold.fromMs), hold.untilMs);
    case 'even':
      return between(stream, hold.fromMs, hold.toMs);
    case 'fixed':
      return hold.ms;
  }
}

/**
 * What is left of a stay for somebody whom we meet in the middle of it. Long stays are met more often, in proportion to their
 * length, and at any point of them (renewal theory): by rejection, exact for every law, in longest / mean tries on average (25 at most).
 */
export function residualMs(stream: Random, hold: Hold): number {
  const longest = longestMs(hold);
  if (longest < 1) return 0;
  for (let tried = 0; tried < 1000; tried++) {
    const met = holdMs(stream, hold);
    if (below(stream, longest) < met) return below(stream, met);
  }
  return Math.floor(meanMs(hold));
}

/** The mean stay, ms. */
export function meanMs(hold: Hold): number {
  switch (hold.law) {
    case 'weibull':
      return hold.meanMs;
    case 'pareto':
      return paretoMeanMs(hold.fromMs, hold.untilMs);
    case 'even':
      return (hold.fromMs + hold.toMs) / 2;
    case 'fixed':
      return hold.ms;
  }
}

/** The longest stay there is, ms. */
export function longestMs(hold: Hold): number {
  switch (hold.law) {
    case 'weibull':
      return scaled(thinkTable[thinkTable.length - 1] as number, hold.meanMs);
    case 'pareto':
      return hold.untilMs;
    case 'even':
      return hold.toMs;
    case 'fixed':
      return hold.ms;
  }
}

/** The table, integrated cell by cell: the longest stays lie where the cap is. */
function paretoMeanMs(fromMs: number, untilMs: number): number {
  let mean = 0;
  for (let cell = 0; cell < 128; cell++) {
    const share = 1 / 16 / (1 << Math.floor(cell / 8));
    const middle = ((paretoTable[cell] as number) + (paretoTable[cell + 1] as number)) / 2;
    mean += share * Math.min(scaled(middle, fromMs), untilMs);
  }
  return mean + untilMs / 65_536;
}

function scaled(quantile: number, unitMs: number): number {
  return Math.floor((quantile * unitMs + 32_768) / 65_536);
}
