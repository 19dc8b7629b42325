/**
 * A log-linear histogram of whole microseconds, as HdrHistogram's (Gil Tene): values below 128 are exact, every doubling above
 * has 64 buckets of equal width. A bucket speaks for its middle, so that no value is off by more than half a bucket: 1/128, 0.8 %.
 * Histograms are added, percentiles never averaged. Integers and shifts only, the same in every engine.
 */
export type Histogram = {
  count: number;
  /** Smallest and largest value, exact; 0 while empty. */
  min: number;
  max: number;
  /** Values above `valueUsMax`, counted as if they were `valueUsMax`. */
  saturated: number;
  /** Bucket number of `buckets[0]`, a multiple of 64: only the doublings that occurred are held. */
  first: number;
  buckets: Uint32Array;
};

/**
 * What seconds.ndjson holds. `buckets` are pairs of bucket number and count, ascending: [1021, 3, 1022, 1, …].
 * Bucket b < 128 holds the value b. Any other: s = floor(b / 64) - 1 holds (b - 64 * s) * 2^s and the 2^s - 1 values after it.
 */
export type HistogramJson = { count: number; min: number; max: number; saturated: number; buckets: readonly number[] };

/** 120 s: twice the longest time that any player waits for anything. */
export const valueUsMax = 120_000_000;

const perDoubling = 64;
/** The last bucket of the last doubling that is held. */
const bucketMax = wholeDoublings(bucketOf(valueUsMax)) + perDoubling - 1;

export function emptyHistogram(): Histogram {
  return { count: 0, min: 0, max: 0, saturated: 0, first: 0, buckets: new Uint32Array(0) };
}

/** Counts one value. Fractions are cut off, anything below 0 counts as 0: two clocks may disagree by a tick. */
export function record(histogram: Histogram, valueUs: number): void {
  const value = valueUs >= valueUsMax ? valueUsMax : valueUs > 0 ? Math.floor(valueUs) : 0;
  if (valueUs > valueUsMax) histogram.saturated += 1;
  if (histogram.count === 0 || value < histogram.min) histogram.min = value;
  if (value > histogram.max) histogram.max = value;
  histogram.count += 1;
  const bucket = bucketOf(value);
  cover(histogram, bucket, bucket);
  (histogram.buckets[bucket - histogram.first] as number) += 1;
}

/** Adds everything that `added` counted; the result is what recording all of it here would have been. */
export function merge(into: Histogram, added: Histogram): void {
  if (added.count === 0) return;
  if (into.count === 0 || added.min < into.min) into.min = added.min;
  if (added.max > into.max) into.max = added.max;
  into.count += added.count;
  into.saturated += added.saturated;
  cover(into, added.first, added.first + added.buckets.length - 1);
  const shift = added.first - into.first;
  for (let index = 0; index < added.buckets.length; index++) {
    (into.buckets[index + shift] as number) += added.buckets[index] as number;
  }
}

/**
 * The nearest-rank quantile: of n values in ascending order the one with number ceil(share * n), microseconds, off by at most
 * 0.8 %. Never outside [min, max], and these two are exact. Null while empty.
 */
export function quantile(histogram: Histogram, share: number): number | null {
  const { count, min, max, first, buckets } = histogram;
  if (count === 0) return null;
  // 0.07 * 100 is a little more than 7 in floating point, and is meant to be 7.
  const rank = Math.ceil(share * count - 1e-6);
  if (rank <= 1) return min;
  if (rank >= count) return max;
  let seen = 0;
  for (let index = 0; index < buckets.length; index++) {
    seen += buckets[index] as number;
    if (seen >= rank) return Math.max(min, Math.min(max, middleOf(first + index)));
  }
  throw new RangeError(`A histogram that counted ${count} values holds ${seen}.`);
}

export function toJson({ count, min, max, saturated, first, buckets }: Histogram): HistogramJson {
  const pairs: number[] = [];
  for (let index = 0; index < buckets.length; index++) {
    const here = buckets[index] as number;
    if (here > 0) pairs.push(first + index, here);
  }
  return { count, min, max, saturated, buckets: pairs };
}

/** The histogram that was written. Throws a RangeError where the buckets do not add up: half a line was read. */
export function fromJson({ count, min, max, saturated, buckets: pairs }: HistogramJson): Histogram {
  const histogram: Histogram = { count, min, max, saturated, first: 0, buckets: new Uint32Array(0) };
  if (pairs.length > 0) cover(histogram, pairs[0] as number, pairs[pairs.length - 2] as number);
  let seen = 0;
  for (let index = 0; index + 1 < pairs.length; index += 2) {
    const here = pairs[index + 1] as number;
    histogram.buckets[(pairs[index] as number) - histogram.first] = here;
    seen += here;
  }
  if (seen !== count) throw new RangeError(`A histogram that counted ${count} values holds ${seen}.`);
  return histogram;
}

function bucketOf(value: number): number {
  if (value < 2 * perDoubling) return value;
  const shift = 25 - Math.clz32(value);
  return shift * perDoubling + (value >> shift);
}

/** The value that a bucket speaks for, microseconds. */
export function middleOf(bucket: number): number {
  if (bucket < 2 * perDoubling) return bucket;
  const shift = (bucket >> 6) - 1;
  return ((bucket - shift * perDoubling) << shift) + (1 << (shift - 1));
}

/** Makes room for buckets `from` to `to`, both included, in whole doublings. */
function cover(histogram: Histogram, from: number, to: number): void {
  const { first, buckets } = histogram;
  const end = first + buckets.length;
  if (buckets.length > 0 && from >= first && to < end) return;
  if (from < 0 || to > bucketMax) throw new RangeError(`No bucket ${from < 0 ? from : to}: they are 0 to ${bucketMax}.`);
  const newFirst = wholeDoublings(buckets.length > 0 ? Math.min(first, from) : from);
  const newEnd = wholeDoublings(Math.max(end, to + 1) + perDoubling - 1);
  histogram.first = newFirst;
  histogram.buckets = new Uint32Array(newEnd - newFirst);
  if (buckets.length > 0) histogram.buckets.set(buckets, first - newFirst);
}

function wholeDoublings(bucket: number): number {
  return bucket - (bucket % perDoubling);
}
