import { expect, test } from 'vitest';
import { emptyHistogram, record, toJson } from '../../simulator/measure/histogram.ts';
import { type Played, readPlayed, type Told, writePlayed } from './job.ts';
import { quantileMs, together } from './told.ts';

test('several processes are one: counts are added, histograms merged, never averaged', () => {
  const { measured, lagUs } = together([played(10, [1000, 1000, 1000]), played(20, [9000])]);
  expect(measured).toMatchObject({ sent: 30, searches: 30, seconds: 5 });
  expect(measured.latencyUs.count).toBe(4);
  expect(quantileMs(measured.latencyUs, 1)).toBe(9);
  expect(quantileMs(lagUs, 0.5)).toBeCloseTo(1, 1);
});

test('what a process tells is read back as it was written, whatever else it printed', () => {
  const one = played(3, [50]);
  expect(readPlayed(`warning: x\n${writePlayed(one)}`)).toEqual(one);
  expect(() => readPlayed('killed')).toThrow('told nothing');
});

function played(count: number, times: readonly number[]): Played {
  const histogram = emptyHistogram();
  for (const us of times) record(histogram, us);
  const counts = {
    planned: count,
    sent: count,
    ok: count,
    empty: 0,
    wrong: 0,
    refused: 0,
    unknown: 0,
    unreachable: 0,
    dropped: 0,
    abandoned: 0,
  };
  const told: Told = { seconds: 5, ...counts, searches: count, chainsUseful: 0, latencyUs: toJson(histogram) };
  return { measured: told, whole: told, lagUs: toJson(histogram) };
}
