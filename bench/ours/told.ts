import { type Outcome, operations, outcomes } from '../../core/outcome.ts';
import { sentOf } from '../../simulator/measure/accounting.ts';
import type { StretchFigures } from '../../simulator/measure/figures.ts';
import { emptyHistogram, fromJson, type HistogramJson, merge, quantile, toJson } from '../../simulator/measure/histogram.ts';
import type { Played, Told } from './job.ts';

/** A stretch of the engine's books in a few totals. */
export function toldOf(stretch: StretchFigures): Told {
  const each = operations.map((operation) => stretch.operations[operation]);
  const sum = (outcome: Outcome) => each.reduce((total, figures) => total + figures.outcomes[outcome], 0);
  const latency = emptyHistogram();
  for (const figures of each) merge(latency, figures.latencyUs);
  return {
    seconds: (stretch.toMs - stretch.fromMs) / 1000,
    planned: each.reduce((total, figures) => total + figures.planned, 0),
    sent: each.reduce((total, figures) => total + sentOf(figures), 0),
    ok: sum('ok'),
    empty: sum('empty'),
    wrong: sum('wrong'),
    refused: sum('refused'),
    unknown: sum('unknown'),
    unreachable: sum('unreachable'),
    dropped: sum('dropped'),
    abandoned: sum('abandoned'),
    searches: stretch.operations.search.planned,
    chainsUseful: stretch.chains.useful,
    latencyUs: toJson(latency),
  };
}

/** What several processes played, as if it had been one. */
export function together(parts: readonly Played[]): Played {
  return {
    measured: sumOf(parts.map(({ measured }) => measured)),
    whole: sumOf(parts.map(({ whole }) => whole)),
    lagUs: merged(parts.map(({ lagUs }) => lagUs)),
  };
}

/** A quantile in milliseconds; null where nothing was counted. */
export function quantileMs(histogram: HistogramJson, share: number): number | null {
  const us = quantile(fromJson(histogram), share);
  return us === null ? null : us / 1000;
}

function sumOf(parts: readonly Told[]): Told {
  const [first, ...rest] = parts;
  if (first === undefined) throw new RangeError('Nobody played.');
  const sum: Told = { ...first };
  for (const part of rest) for (const count of counts) sum[count] += part[count];
  sum.seconds = Math.max(...parts.map(({ seconds }) => seconds));
  sum.latencyUs = merged(parts.map(({ latencyUs }) => latencyUs));
  return sum;
}

const counts = ['planned', 'sent', ...outcomes, 'searches', 'chainsUseful'] as const;

function merged(parts: readonly HistogramJson[]): HistogramJson {
  const sum = emptyHistogram();
  for (const part of parts) merge(sum, fromJson(part));
  return toJson(sum);
}
