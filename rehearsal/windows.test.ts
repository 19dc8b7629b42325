import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type FaultTimes, windowsOf } from './windows.ts';

const names = (faults: readonly FaultTimes[], endMs = 90_000) =>
  windowsOf(4000, endMs, faults).map((span) => `${span.name} ${span.fromMs}-${span.toMs}`);

test('a launch day has a window for everything that players can be asked about', () => {
  const faults = [
    { id: 'pod-kill', appliedAtMs: 15_000, undoneAtMs: 26_000, recoveredAtMs: 33_000 },
    { id: 'redis-auth', appliedAtMs: 45_000, undoneAtMs: 55_000, recoveredAtMs: 62_000 },
  ];
  expect(names(faults)).toEqual([
    'warmup 0-4000',
    'before 4000-15000',
    'during:pod-kill 15000-26000',
    'recovery:pod-kill 26000-33000',
    'during:redis-auth 45000-55000',
    'recovery:redis-auth 55000-62000',
    'after 62000-90000',
  ]);
});

test('a recovery that never came lasts until the next fault, and there is no after', () => {
  const faults = [
    { id: 'a', appliedAtMs: 15_000, undoneAtMs: 26_000, recoveredAtMs: null },
    { id: 'b', appliedAtMs: 45_000, undoneAtMs: 55_000, recoveredAtMs: null },
  ];
  expect(names(faults)).toContain('recovery:a 26000-45000');
  expect(names(faults)).toContain('recovery:b 55000-90000');
  expect(names(faults).some((name) => name.startsWith('after'))).toBe(false);
});

test('a fault that was never undone lasts to the end', () => {
  expect(names([{ id: 'a', appliedAtMs: 15_000, undoneAtMs: null, recoveredAtMs: null }])).toEqual([
    'warmup 0-4000',
    'before 4000-15000',
    'during:a 15000-90000',
  ]);
});

test('without a fault everything after the warm-up is before', () => {
  expect(names([])).toEqual(['warmup 0-4000', 'before 4000-90000']);
});

test('a run that ended while players joined has nothing but a warm-up', () => {
  expect(names([], 2000)).toEqual(['warmup 0-2000']);
});

test('windows never overlap and never leave the run, whatever happened', () => {
  const times = fc
    .array(fc.integer({ min: 0, max: 100_000 }), { minLength: 6, maxLength: 6 })
    .map((list) => [...list].sort((a, b) => a - b));
  const cutOff = fc.integer({ min: 0, max: 7 });
  fc.assert(
    fc.property(times, cutOff, fc.integer({ min: 0, max: 5000 }), (at, known, joinMs) => {
      const when = (index: number) => (index < known ? (at[index] as number) + joinMs : null);
      const faults = [
        { id: 'a', appliedAtMs: when(0), undoneAtMs: when(1), recoveredAtMs: when(2) },
        { id: 'b', appliedAtMs: when(3), undoneAtMs: when(4), recoveredAtMs: when(5) },
      ];
      const spans = windowsOf(joinMs, 200_000, faults);
      spans.forEach((span, index) => {
        expect(span.toMs).toBeGreaterThan(span.fromMs);
        expect(span.fromMs).toBeGreaterThanOrEqual(spans[index - 1]?.toMs ?? 0);
        expect(span.toMs).toBeLessThanOrEqual(200_000);
      });
    }),
  );
});
