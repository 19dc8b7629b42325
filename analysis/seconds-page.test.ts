import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import {
  emptyHistogram,
  fromJson,
  type Histogram,
  type HistogramJson,
  merge,
  quantile,
  record,
  toJson,
} from '../simulator/measure/histogram.ts';
import { lowestIn } from './fixtures/split-run.ts';
import { runnerReportSchema } from './runner-report.ts';
import { readSecondsText } from './seconds-reading.ts';

const page = readFileSync(join(import.meta.dirname, '../docs/seconds.md'), 'utf8');

describe('docs/seconds.md', () => {
  test('shows a second that merge reads without complaint, and says what is in it', () => {
    // The page shows one second out of a run: it is the fifth, and here the first.
    const [text] = blocks('ndjson') as [string];
    const { slices, missing, problems } = readSecondsText(text, 'page');
    expect([missing, problems]).toEqual([['there is nothing from 0 to 4000 ms'], []]);
    expect(slices).toHaveLength(1);
    expect(slices[0]?.operations.search.outcomes).toMatchObject({ ok: 2, empty: 1 });
    expect(slices[0]?.chains).toMatchObject({ planned: 1, useful: 1 });
  });

  test('numbers the buckets as they are numbered', () => {
    const values = row('value');
    expect(row('bucket')).toEqual(values.map((value) => toJson(of(value)).buckets[0]));
    for (const value of values) expect(bucketByThePage(value)).toBe(toJson(of(value)).buckets[0]);
  });

  test('goes back from a bucket to its values as it says', () => {
    for (const value of row('value')) {
      const lowest = lowestIn(bucketByThePage(value));
      expect(lowest).toBeLessThanOrEqual(value);
      expect([bucketByThePage(lowest), bucketByThePage(Math.max(0, lowest - 1)) < bucketByThePage(lowest)]).toEqual([
        bucketByThePage(value),
        value > 0,
      ]);
    }
  });

  test('works its example out right, from the values to the merged median', () => {
    const [one, other, both] = blocks('json').map((block) => JSON.parse(block) as HistogramJson) as [
      HistogramJson,
      HistogramJson,
      HistogramJson,
    ];
    expect([toJson(of(90, 1500, 1503, 2000, 250_000)), toJson(of(95, 1505, 1800))]).toEqual([one, other]);
    const merged = fromJson(one);
    merge(merged, fromJson(other));
    expect(toJson(merged)).toEqual(both);
    expect([quantile(merged, 0.5), quantile(fromJson(one), 0.5), quantile(fromJson(other), 0.5)]).toEqual([1496, 1496, 1512]);
  });

  test("shows all that another runner's report has to hold, and nothing that it need not", () => {
    const shown = JSON.parse(blocks('json').at(-1) as string) as { [member: string]: unknown };
    expect(runnerReportSchema.safeParse(shown).error).toBeUndefined();
    for (const member of Object.keys(shown).filter((name) => name !== 'generator')) {
      const { [member]: _left, ...rest } = shown;
      expect(runnerReportSchema.safeParse(rest).success, member).toBe(false);
    }
  });
});

function blocks(language: string): readonly string[] {
  return [...page.matchAll(new RegExp(`\`\`\`${language}\n([^\`]*)\`\`\``, 'g'))].map((match) => match[1] as string);
}

function row(name: string): readonly number[] {
  const line = page.split('\n').find((each) => each.startsWith(`| ${name} | 0`)) ?? '';
  return line
    .split('|')
    .slice(2, -1)
    .map((cell) => Number(cell));
}

function of(...values: readonly number[]): Histogram {
  const histogram = emptyHistogram();
  for (const value of values) record(histogram, value);
  return histogram;
}

/** The page's own words, as another program would follow them. */
function bucketByThePage(value: number): number {
  if (value < 128) return value;
  const shift = value.toString(2).length - 7;
  return 64 * shift + Math.floor(value / 2 ** shift);
}
