import { z } from 'zod';
import { emptyHistogram, fromJson, type Histogram, type HistogramJson, record, toJson } from '../simulator/measure/histogram.ts';

/**
 * One line of `seconds.ndjson`, whoever wrote it; docs/seconds.md is the same for people. A count that is left out is 0, a histogram
 * that is left out is empty, members that are not named here are ignored: writers in other languages leave out what is zero.
 */

const count = z.number().int().nonnegative();

const histogram = z
  .object({
    count,
    min: count.default(0),
    max: count.default(0),
    saturated: count.default(0),
    buckets: z.array(count).default([]),
  })
  .transform((written, context): Histogram => {
    const fault = unsoundness(written);
    if (fault === null) return fromJson(written);
    context.addIssue({ code: 'custom', message: fault });
    return z.NEVER;
  })
  .default(emptyHistogram);

const when = {
  fromMs: z.number().nonnegative(),
  toMs: z.number().nonnegative(),
  players: count.default(0),
  sessionsBegun: count.default(0),
};

const few = count.default(0);

const operationLine = z.object({
  ...when,
  operation: z.enum(['search', 'spawns', 'biome']),
  planned: count,
  ok: few,
  empty: few,
  wrong: few,
  refused: few,
  unknown: few,
  unreachable: few,
  dropped: few,
  abandoned: few,
  refusals: z.object({ '4xx': few, '429': few, '5xx': few }).default({ '4xx': 0, '429': 0, '5xx': 0 }),
  latencyUs: histogram,
  serviceUs: histogram,
});

const chainLine = z.object({
  ...when,
  operation: z.literal('chain'),
  planned: count,
  completed: few,
  useful: few,
  latencyUs: histogram,
});

export const secondsLineSchema = z
  .discriminatedUnion('operation', [operationLine, chainLine])
  .refine(({ fromMs, toMs }) => toMs > fromMs, { error: 'ends before it begins', path: ['toMs'] });

export type SecondsLine = z.output<typeof secondsLineSchema>;

/**
 * What is wrong with a histogram, or null. The ends show a writer whose bucket numbers are off: min and max are exact, so they
 * have to lie in the first and in the last bucket.
 */
function unsoundness(written: HistogramJson): string | null {
  const { buckets, min, max } = written;
  if (buckets.length % 2 !== 0) return 'buckets are no pairs of number and count';
  if (min > max) return `min ${min} is above max ${max}`;
  for (let index = 0; index < buckets.length; index += 2) {
    if (index > 0 && (buckets[index] as number) <= (buckets[index - 2] as number)) return 'bucket numbers do not ascend';
    if (buckets[index + 1] === 0) return `bucket ${buckets[index]} is empty, and empty ones are not written`;
  }
  return sumFault(written) ?? endFault('min', min, buckets.at(0)) ?? endFault('max', max, buckets.at(-2));
}

function sumFault(written: HistogramJson): string | null {
  try {
    fromJson(written);
    return null;
  } catch (error) {
    if (error instanceof RangeError) return error.message;
    throw error;
  }
}

function endFault(name: 'min' | 'max', valueUs: number, bucket: number | undefined): string | null {
  if (bucket === undefined || bucket === bucketOf(valueUs)) return null;
  return `${name} ${valueUs} lies in bucket ${bucketOf(valueUs)}, but the ${name === 'min' ? 'first' : 'last'} one is ${bucket}`;
}

function bucketOf(valueUs: number): number {
  const alone = emptyHistogram();
  record(alone, valueUs);
  return toJson(alone).buckets[0] as number;
}
