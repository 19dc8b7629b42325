import { expect, test } from 'vitest';
import { playedWith, seriesOf } from './fixtures/evidence.ts';
import { riseOf } from './played.ts';
import { teethOf } from './saw-tooth.ts';

/** A counter that rises so much each second. */
function seconds(perSecond: readonly number[]): readonly number[] {
  return [0, ...perSecond].map((_each, index) => perSecond.slice(0, index).reduce((sum, rise) => sum + rise, 0));
}

const withCache = (compactions: readonly (number | null)[], hits: readonly number[], misses: readonly number[]) =>
  playedWith(
    { ok: 1 },
    {},
    { compactions: seriesOf(...compactions), hits: seriesOf(...seconds(hits)), misses: seriesOf(...seconds(misses)) },
  );

test('a tooth is a compaction, with the hit rate before it and after it', () => {
  const played = withCache([0, 0, 0, 0, 1, 1, 1, 1], [90, 90, 90, 50, 20, 20, 20], [10, 10, 10, 50, 80, 80, 80]);
  expect(teethOf(played)).toEqual([{ atMs: 4000, before: 0.9, after: 0.2 }]);
});

test('a cache that was not compacted has no teeth, and one that was restarted has none there', () => {
  expect(teethOf(withCache([0, 0, 0, 0], [90, 90, 90], [10, 10, 10]))).toEqual([]);
  expect(teethOf(withCache([3, 3, 0, 0], [90, 90, 90], [10, 10, 10]))).toEqual([]);
});

test('a compaction in a silence says nothing, nor does one as players leave', () => {
  expect(teethOf(withCache([0, 0, 0, 1, 1, 1, 1], [90, 90, 10, 10, 10, 0], [10, 10, 10, 10, 10, 0]))).toEqual([]);
  expect(teethOf(withCache([0, null, 1, 1], [0, 0, 0], [0, 0, 0]))).toEqual([]);
});

test('a counter that falls has begun anew: what it says then counts from nothing', () => {
  expect(riseOf(seriesOf(10, 15, null, 3, 4))).toBe(9);
  expect(riseOf(seriesOf(null, 15))).toBeNull();
});
