import { describe, expect, test } from 'vitest';
import { afterExit, type CrashLoop, noCrashes, restartDelayMs } from './backoff.ts';

const minuteMs = 60_000;

function delaysOf(runsMs: readonly number[], scale: number): readonly number[] {
  let loop: CrashLoop = noCrashes;
  return runsMs.map((ranForMs) => {
    loop = afterExit(loop, ranForMs, scale);
    return restartDelayMs(loop, scale);
  });
}

describe('restart back-off', () => {
  test('the first restart comes at once, then 10 s, doubled up to 5 min', () => {
    expect(delaysOf(Array(8).fill(100), 1)).toEqual([0, 10_000, 20_000, 40_000, 80_000, 160_000, 300_000, 300_000]);
  });

  test('ten minutes of running wipe the slate clean, a moment less does not', () => {
    expect(delaysOf([100, 100, 100, 10 * minuteMs], 1)).toEqual([0, 10_000, 20_000, 0]);
    expect(delaysOf([100, 100, 100, 10 * minuteMs - 1], 1)).toEqual([0, 10_000, 20_000, 40_000]);
  });

  test('a scale makes the waits and the wiping faster alike', () => {
    expect(delaysOf([100, 100, 100, minuteMs], 0.1)).toEqual([0, 1_000, 2_000, 0]);
  });

  test('a pod that crashes for days still waits no longer than 5 min', () => {
    expect(delaysOf(Array(5_000).fill(1), 1).at(-1)).toBe(300_000);
  });
});
