import { expect, test } from 'vitest';
import { GcLedger } from './gc-share.ts';

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
