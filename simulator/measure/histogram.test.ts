import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { emptyHistogram, fromJson, type Histogram, merge, quantile, record, toJson, valueUsMax } from './histogram.ts';

const value = fc.oneof(fc.integer({ min: 0, max: 300 }), fc.integer({ min: 0, max: 100_000 }), fc.integer({ min: 0, max: valueUsMax }));
const values = fc.array(value, { maxLength: 300 });
const share = fc.double({ min: 0, max: 1, noNaN: true });

describe('histogram', () => {
  test('adding two histograms gives what recording everything in one gives', () => {
    fc.assert(
      fc.property(values, values, (left, right) => {
        const sum = histogramOf(left);
        merge(sum, histogramOf(right));
        expect(toJson(sum)).toEqual(toJson(histogramOf([...left, ...right])));
      }),
    );
  });

  test('a quantile is within 1 % of the value with that rank, and never outside of what was recorded', () => {
    fc.assert(
      fc.property(fc.array(value, { minLength: 1, maxLength: 300 }), share, (list, q) => {
        const histogram = histogramOf(list);
        const got = quantile(histogram, q) as number;
        const exact = nearestRank(list, q);
        expect(Math.abs(got - exact)).toBeLessThanOrEqual(exact * 0.01);
        expect(got).toBeGreaterThanOrEqual(histogram.min);
        expect(got).toBeLessThanOrEqual(histogram.max);
      }),
    );
  });

  test('survives being written and read', () => {
    fc.assert(
      fc.property(values, (list) => {
        const histogram = histogramOf(list);
        const read = fromJson(JSON.parse(JSON.stringify(toJson(histogram))));
        expect(toJson(read)).toEqual(toJson(histogram));
        expect(quantile(read, 0.99)).toBe(quantile(histogram, 0.99));
      }),
    );
  });

  test('the written buckets mean what their description says', () => {
    fc.assert(
      fc.property(value, (us) => {
        const [bucket, count] = toJson(histogramOf([us])).buckets as [number, number];
        const shift = bucket < 128 ? 0 : Math.floor(bucket / 64) - 1;
        const lowest = (bucket - 64 * shift) * 2 ** shift;
        expect(count).toBe(1);
        expect(us).toBeGreaterThanOrEqual(lowest);
        expect(us).toBeLessThan(lowest + 2 ** shift);
      }),
    );
  });

  test('an empty one has no quantiles', () => {
    expect(quantile(emptyHistogram(), 0.5)).toBeNull();
  });

  test('the median of 1, 2, 3, 4 is the second value', () => {
    expect(quantile(histogramOf([4, 2, 1, 3]), 0.5)).toBe(2);
  });

  test('what floating point makes of 0.07 * 100 does not move the rank', () => {
    expect(quantile(histogramOf(Array.from({ length: 100 }, (_, index) => index + 1)), 0.07)).toBe(7);
  });

  test('values beyond 120 s are counted as 120 s, and counted as such', () => {
    const histogram = histogramOf([5, valueUsMax, valueUsMax + 1, Number.POSITIVE_INFINITY]);
    expect(histogram).toMatchObject({ count: 4, min: 5, max: valueUsMax, saturated: 2 });
  });

  test('holds only the doublings that occurred: a second of one service fits into a kilobyte', () => {
    expect(histogramOf([1000, 1900, 3500]).buckets.byteLength).toBeLessThanOrEqual(1024);
  });

  test('half a line of a file is refused, not counted', () => {
    expect(() => fromJson({ count: 3, min: 1, max: 2, saturated: 0, buckets: [1, 1] })).toThrow(RangeError);
    expect(() => fromJson({ count: 1, min: 1, max: 2, saturated: 0, buckets: [9999, 1] })).toThrow(RangeError);
  });
});

function histogramOf(list: readonly number[]): Histogram {
  const histogram = emptyHistogram();
  for (const us of list) record(histogram, us);
  return histogram;
}

function nearestRank(list: readonly number[], q: number): number {
  const sorted = [...list].sort((left, right) => left - right);
  return sorted[Math.max(0, Math.ceil(q * list.length - 1e-6) - 1)] as number;
}
