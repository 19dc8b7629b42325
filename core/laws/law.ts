import { draw, type Random } from '../random.ts';
import { wholeShare } from './grid.ts';

/**
 * A law of lengths of time as a table of its quantiles, straight lines in between. All arithmetic is on integers below 2^53, so that every
 * engine draws the same. `residualMs` and `survival` are those of this very table: what is drawn and what is computed about it agree.
 */
export type Law = {
  meanMs: number;
  /** Ascending, in 1/2^32 of the population, from 0. What lies beyond the last one is cut to the last value. */
  shares: readonly number[];
  /** The quantile at each share, in 1/2^20 of the mean; ascending. */
  values: readonly number[];
  /** How much of all the time is spent in lengths up to each value, in 1/2^32: lengths count in proportion to themselves. */
  timeShares: readonly number[];
};

/** One in the units of `values`. */
export const unit = 1_048_576;

export function lawOf(shares: readonly number[], values: readonly number[], meanMs: number): Law {
  return { meanMs, shares, values, timeShares: timeSharesOf(shares, values) };
}

/** One length, whole milliseconds. */
export function drawMs(law: Law, stream: Random): number {
  return toMs(drawn(law, stream), law.meanMs);
}

/** The same in 1/2^20 of the mean, for whoever has a mean of its own each time. */
export function drawn({ shares, values }: Law, stream: Random): number {
  const share = draw(stream);
  return between(values, cellOf(shares, share), shares, share);
}

/**
 * What is left of a length that somebody walks in on at a random moment: the law f_e(t) = S(t) / E[T] of renewal theory. Long ones are
 * met in proportion to their length, and at any place within.
 */
export function residualMs(law: Law, stream: Random): number {
  const cell = cellOf(law.timeShares, draw(stream));
  const from = law.values[cell] as number;
  const to = law.values[cell + 1] ?? from;
  // Within a cell the density grows with the length: an even part below `from`, and a triangle above it.
  const isEven = (draw(stream) >>> 16) * (from + to) < 2 * from * 65_536;
  const place = isEven ? draw(stream) : larger(draw(stream), draw(stream));
  return portion(toMs(from + portion(to - from, place), law.meanMs), draw(stream));
}

/** How many of all lengths are longer than `ms`, in 1/2^32. */
export function survival({ shares, values, meanMs }: Law, ms: number): number {
  const value = Math.floor((ms * unit) / meanMs);
  if (value >= (values[values.length - 1] as number)) return 0;
  return wholeShare - between(shares, cellOf(values, value), values, value);
}

/** `share` of 2^32 of a value below 2^37, exactly, rounded down. */
export function portion(value: number, share: number): number {
  return Math.floor((value * (share >>> 16) + Math.floor((value * (share & 0xffff)) / 65_536)) / 65_536);
}

/** From 1/2^20 of the mean to whole milliseconds, rounded; exact for means up to a day. */
export function toMs(value: number, meanMs: number): number {
  return Math.floor(value / unit) * meanMs + Math.floor(((value % unit) * meanMs + unit / 2) / unit);
}

/** The last index whose entry is not above `key`. */
function cellOf(ascending: readonly number[], key: number): number {
  let low = 0;
  let high = ascending.length;
  while (high - low > 1) {
    const middle = (low + high) >>> 1;
    if ((ascending[middle] as number) <= key) low = middle;
    else high = middle;
  }
  return low;
}

/** Straight from `ys[cell]` to the next one, as far as `x` has come between its neighbours. */
function between(ys: readonly number[], cell: number, xs: readonly number[], x: number): number {
  const from = ys[cell] as number;
  const to = ys[cell + 1];
  if (to === undefined) return from;
  const start = xs[cell] as number;
  const width = (xs[cell + 1] as number) - start;
  const way = Math.floor(((x - start) * 65_536) / width);
  return from + Math.floor(((to - from) * way) / 65_536);
}

function timeSharesOf(shares: readonly number[], values: readonly number[]): readonly number[] {
  const upTo: number[] = [];
  let time = 0;
  for (let cell = 0; cell < shares.length; cell++) {
    upTo.push(time);
    const from = values[cell] as number;
    time += (((shares[cell + 1] ?? wholeShare) - (shares[cell] as number)) / 512) * (from + (values[cell + 1] ?? from));
  }
  return upTo.map((part) => (time === 0 ? 0 : Math.floor((part / time) * wholeShare)));
}

function larger(one: number, other: number): number {
  return one > other ? one : other;
}
