import type { Clock } from './clock.ts';

/** A clock that moves only when it is told to: hours of play in a moment, the same every time. */
export type SimulatedClock = Clock & {
  /**
   * Lets `ms` pass. Timers fire in the order of their time, ties in the order in which they were set, each at its own time.
   * After each one everything it set off is awaited (`flush`) before time goes on.
   */
  runFor(ms: number): Promise<void>;
  /** Somebody sets the wall clock: no time passes. */
  jumpWall(byMs: number): void;
};

/** Wall time at which simulated time begins, 2025-01-01T00:00:00Z: stamps look like stamps. */
const wallMsAtStart = 1_735_689_600_000;

type Timer = { atMs: number; callback: () => void };

/**
 * `flush` resolves when whatever the last timer set off has come to rest. The default waits for chains of up to ten promises;
 * where real timers or sockets are involved, pass one that waits a turn of the event loop.
 */
export function createSimulatedClock(flush: () => Promise<void> = tenMicrotasks): SimulatedClock {
  const timers: Timer[] = [];
  let nowMs = 0;
  let jumpedMs = 0;

  async function runUntil(untilMs: number): Promise<void> {
    for (;;) {
      await flush();
      const next = timers[0];
      if (next === undefined || next.atMs > untilMs) break;
      timers.shift();
      nowMs = Math.max(nowMs, next.atMs);
      next.callback();
    }
    nowMs = Math.max(nowMs, untilMs);
  }

  return {
    nowMs: () => nowMs,
    wallMs: () => wallMsAtStart + jumpedMs + Math.floor(nowMs),
    after(delayMs, callback) {
      const timer: Timer = { atMs: nowMs + Math.max(0, delayMs), callback };
      timers.splice(placeOf(timers, timer.atMs), 0, timer);
      return () => {
        const index = timers.indexOf(timer);
        if (index >= 0) timers.splice(index, 1);
      };
    },
    runFor: (ms) => runUntil(nowMs + ms),
    jumpWall(byMs) {
      jumpedMs += byMs;
    },
  };
}

/** Behind every timer that is due at the same time or earlier. */
function placeOf(timers: readonly Timer[], atMs: number): number {
  let low = 0;
  let high = timers.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((timers[middle] as Timer).atMs <= atMs) low = middle + 1;
    else high = middle;
  }
  return low;
}

async function tenMicrotasks(): Promise<void> {
  for (let turn = 0; turn < 10; turn++) await Promise.resolve();
}
