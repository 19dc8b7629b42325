import { expect, test } from 'vitest';
import { abortsBy, abortsBySeries, samplesMin } from './guard.ts';

const sample = (atMs: number, share: number, planned = 100) => ({ atMs, planned, useful: Math.round(planned * share) });
const limit = { below: 0.5, forMs: 3000 };

test('a stretch below the limit aborts, one at the limit does not', () => {
  expect(abortsBy({ below: 0.5 }, { planned: 100, useful: 49 })).toBe(true);
  expect(abortsBy({ below: 0.5 }, { planned: 100, useful: 50 })).toBe(false);
});

test('no data is no reason', () => {
  expect(abortsBy({ below: 0.5 }, { planned: 0, useful: 0 })).toBe(false);
  expect(abortsBy({ below: 0.5 }, { planned: samplesMin - 1, useful: 0 })).toBe(false);
  expect(abortsBySeries(limit, [])).toBe(false);
});

test('a series aborts when it was below all the time, for long enough', () => {
  expect(
    abortsBySeries(
      limit,
      [0, 1000, 2000, 3000].map((atMs) => sample(atMs, 0.2)),
    ),
  ).toBe(true);
  expect(
    abortsBySeries(
      limit,
      [0, 1000, 2000].map((atMs) => sample(atMs, 0.2)),
    ),
  ).toBe(false);
});

test('one good sample starts the count again', () => {
  const series = [sample(0, 0.2), sample(1000, 0.9), sample(2000, 0.2), sample(3000, 0.2), sample(4000, 0.2)];
  expect(abortsBySeries(limit, series)).toBe(false);
  expect(abortsBySeries(limit, [...series, sample(5000, 0.2)])).toBe(true);
});

test('silence neither ends a bad stretch nor makes one', () => {
  expect(abortsBySeries(limit, [sample(0, 0.2), sample(1000, 0, 3), sample(3000, 0.2)])).toBe(true);
  expect(abortsBySeries(limit, [sample(0, 0.2), sample(1000, 0, 3), sample(9000, 0, 3)])).toBe(false);
});
