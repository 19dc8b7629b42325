import fc from 'fast-check';
import { expect, test } from 'vitest';
import { emptyHistogram, type Histogram, record } from '../../simulator/measure/histogram.ts';
import { addTo, boundsSeconds, emptyTally } from './buckets.ts';

test('every value is counted once, in a bucket whose bounds hold it or miss it by less than 1 %', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 100_000_000 }), (us) => {
      const tally = emptyTally();
      addTo(tally, histogramOf([us]));
      const at = tally.buckets.indexOf(1);
      const below = boundsSeconds[at - 1] ?? 0;
      const above = boundsSeconds[at] ?? Number.POSITIVE_INFINITY;
      expect(us / 1_000_000).toBeGreaterThanOrEqual(below * 0.99);
      expect(us / 1_000_000).toBeLessThanOrEqual(above * 1.01);
      expect(tally.count).toBe(1);
    }),
  );
});

test('what is added twice counts twice, and the sum is the sum of the values, off by less than 1 %', () => {
  const tally = emptyTally();
  const values = [400, 1_000, 14_000, 260_000, 75_000_000];
  addTo(tally, histogramOf(values));
  addTo(tally, histogramOf(values));
  expect(tally.count).toBe(10);
  expect(tally.buckets.reduce((sum, here) => sum + here, 0)).toBe(10);
  expect(tally.buckets.at(-1)).toBe(2);
  const sum = (2 * values.reduce((total, us) => total + us, 0)) / 1_000_000;
  expect(Math.abs(tally.sumSeconds - sum)).toBeLessThan(sum * 0.01);
});

function histogramOf(values: readonly number[]): Histogram {
  const histogram = emptyHistogram();
  for (const us of values) record(histogram, us);
  return histogram;
}
