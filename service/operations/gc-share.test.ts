import { expect, test } from 'vitest';
import { GcLedger, watchGc } from './gc-share.ts';

test('pauses of one second add up', () => {
  const ledger = new GcLedger();
  ledger.add({ startMs: 5_100, durationMs: 200 });
  ledger.add({ startMs: 5_700, durationMs: 100 });
  expect(ledger.worstShare).toBeCloseTo(0.3);
  expect(ledger.totalSeconds).toBeCloseTo(0.3);
});

test('a pause across a border is split there', () => {
  const ledger = new GcLedger();
  ledger.add({ startMs: 5_900, durationMs: 1_400 });
  expect(ledger.worstShare).toBe(1);
  expect(ledger.totalSeconds).toBeCloseTo(1.4);
  const short = new GcLedger();
  short.add({ startMs: 5_900, durationMs: 200 });
  expect(short.worstShare).toBeCloseTo(0.1);
});

test('a pause that is reported late still counts for its own second', () => {
  const ledger = new GcLedger();
  ledger.add({ startMs: 5_000, durationMs: 400 });
  ledger.add({ startMs: 9_000, durationMs: 100 });
  ledger.add({ startMs: 5_500, durationMs: 400 });
  expect(ledger.worstShare).toBeCloseTo(0.8);
});

test('seconds above a mark are counted once, also when the pause that lifts them over it is told late', () => {
  const told: number[][] = [];
  const ledger = new GcLedger((...pressure) => told.push(pressure));
  ledger.add({ startMs: 5_000, durationMs: 450 });
  ledger.add({ startMs: 7_000, durationMs: 1_950 });
  expect([ledger.secondsAboveHalf, ledger.secondsAboveNineTenths]).toEqual([2, 2]);
  ledger.add({ startMs: 5_500, durationMs: 100 });
  ledger.add({ startMs: 5_700, durationMs: 100 });
  expect([ledger.secondsAboveHalf, ledger.secondsAboveNineTenths]).toEqual([3, 2]);
  expect(told.map(([second]) => second)).toEqual([7, 8, 5]);
});

test('the worst second is told as it grows worse, not only when it crosses a mark: who dies of it tells nothing later', () => {
  const told: number[][] = [];
  const ledger = new GcLedger((...pressure) => told.push(pressure));
  for (const startMs of [5_000, 5_300, 5_600]) ledger.add({ startMs, durationMs: 280 });
  ledger.add({ startMs: 5_890, durationMs: 20 });
  ledger.add({ startMs: 7_000, durationMs: 600 });
  expect(told).toEqual([
    [5, 0.56],
    [5, 0.84],
    [7, 0.6],
  ]);
});

test('what the runtime collects while nobody can observe it is booked to the seconds in which it was', async () => {
  const ledger = new GcLedger();
  const stop = watchGc(ledger);
  const fromMs = Date.now();
  let kept: object[] = [];
  while (Date.now() - fromMs < 1_200)
    kept = kept.length > 50_000 ? [] : [...kept.slice(-100), ...Array.from({ length: 1_000 }, (_, n) => ({ n }))];
  const untilMs = Date.now();
  expect(ledger.totalSeconds).toBe(0);
  while (ledger.totalSeconds === 0) await new Promise((resolve) => setTimeout(resolve, 10));
  await new Promise((resolve) => setTimeout(resolve, 1_100));
  stop();
  let booked = 0;
  for (let second = Math.floor(fromMs / 1_000); second <= Math.floor(untilMs / 1_000); second += 1) booked += ledger.shareOf(second);
  expect(booked / ledger.totalSeconds).toBeGreaterThan(0.9);
  expect(booked).toBeLessThanOrEqual((untilMs - fromMs) / 1_000);
});
