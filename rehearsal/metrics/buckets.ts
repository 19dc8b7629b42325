import { type Histogram, middleOf } from '../../simulator/measure/histogram.ts';

/**
 * Upper bounds of the published buckets, seconds: the limits that scenarios judge by are among them (15 ms, 50 ms, 250 ms), and the last
 * ones tell players who gave up. Fixed, so that the buckets of any number of runs and machines may be added.
 */
export const boundsSeconds = [
  0.0005, 0.001, 0.0025, 0.005, 0.0075, 0.01, 0.015, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 10, 30, 60,
] as const;

/** What one series of a histogram has counted: values by bucket (one more than there are bounds), each counted once. */
export type Tally = { buckets: number[]; count: number; sumSeconds: number };

export function emptyTally(): Tally {
  return { buckets: new Array<number>(boundsSeconds.length + 1).fill(0), count: 0, sumSeconds: 0 };
}

/**
 * Adds what a histogram of microseconds has counted. Each of its buckets goes where its middle belongs: a value is taken for another one
 * by 0.8 % at most, and so are bounds and sum.
 */
export function addTo(tally: Tally, { first, buckets, count }: Histogram): void {
  let bound = 0;
  for (const [index, here] of buckets.entries()) {
    if (here === 0) continue;
    const seconds = middleOf(first + index) / 1_000_000;
    while (bound < boundsSeconds.length && seconds > (boundsSeconds[bound] as number)) bound += 1;
    (tally.buckets[bound] as number) += here;
    tally.sumSeconds += here * seconds;
  }
  tally.count += count;
}
