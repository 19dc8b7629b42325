import { readFileSync, writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { emptyHistogram, record, toJson } from '../measure/histogram.ts';

/** Read by the Go tests of the extension as well: both have to make the same of the same values. */
const shared = new URL('./extension/testdata/histograms.json', import.meta.url);

/** Every boundary of a bucket that is one, by one below and above; and what lies outside. */
const valuesUs = [
  [],
  [0],
  [-5, 0, 1],
  [90, 1500, 1503, 2000, 250_000],
  Array.from({ length: 28 }, (_, power) => 2 ** power).flatMap((value) => [value - 1, value, value + 1]),
  [119_999_999, 120_000_000, 120_000_001, 500_000_000],
];

test('the histograms that the extension of k6 is held to are those of the measurement', () => {
  const cases = valuesUs.map((values) => {
    const histogram = emptyHistogram();
    for (const value of values) record(histogram, value);
    return { valuesUs: values, histogram: toJson(histogram) };
  });
  const text = `${JSON.stringify(cases)}\n`;
  if (process.env['LAUNCHSTORM_UPDATE_GOLDEN'] === '1') writeFileSync(shared, text);
  expect(JSON.parse(text)).toEqual(JSON.parse(readFileSync(shared, 'utf8')));
});
