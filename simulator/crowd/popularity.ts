import { tableOf } from '../../core/known-tables.ts';
import { below, type Random, random } from '../../core/random.ts';
import { halvedBy, log2 } from '../players/fixed-point.ts';

/**
 * How popular the places of each rank are: Zipf, the place of rank k as often as 1 / k^s. Cumulative weights, in whole numbers;
 * all of them together stay below 2^31.
 */
export type Popularity = readonly number[];

/** `exponentPerMille` is 1000 s: whole, so that no engine rounds it. Worked out once. */
export function zipf(places: number, exponentPerMille: number): Popularity {
  return tableOf(`zipf ${places} ${exponentPerMille}`, () => sumsOf(places, exponentPerMille));
}

function sumsOf(places: number, exponentPerMille: number): Popularity {
  const sums: number[] = [];
  let sum = 0;
  for (let rank = 1; rank <= places; rank++) {
    // Units of a power are 64 times as fine as the weights.
    sum += Math.floor(halvedBy(Math.floor((log2(rank) * exponentPerMille) / 1000)) / 64);
    sums.push(sum);
  }
  return sums;
}

/** A rank, 0 for the most popular place. */
export function pickRank(stream: Random, popularity: Popularity): number {
  const share = below(stream, popularity[popularity.length - 1] as number);
  let from = 0;
  let to = popularity.length - 1;
  while (from < to) {
    const middle = (from + to) >> 1;
    if (share < (popularity[middle] as number)) to = middle;
    else from = middle + 1;
  }
  return from;
}

/** What share of all visits the first `ranks` places get, out of a million. */
export function shareOfFirst(popularity: Popularity, ranks: number): number {
  return Math.floor(((popularity[ranks - 1] as number) * 1_000_000) / (popularity[popularity.length - 1] as number));
}

/** The numbers 0 to count - 1 in an order that follows from the path alone (Fisher and Yates). Worked out once. */
export function shuffled(count: number, ...path: readonly number[]): readonly number[] {
  return tableOf(`order ${count} ${path.join(' ')}`, () => orderOf(count, path));
}

function orderOf(count: number, path: readonly number[]): readonly number[] {
  const stream = random(...path);
  const order = Array.from({ length: count }, (_, index) => index);
  for (let last = count - 1; last > 0; last--) {
    const other = below(stream, last + 1);
    const kept = order[last] as number;
    order[last] = order[other] as number;
    order[other] = kept;
  }
  return order;
}
