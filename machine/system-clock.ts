import type { Clock } from '../core/clock.ts';

/** The machine's own time: monotonic for intervals, wall clock for stamps only. */
export const systemClock: Clock = {
  nowMs: () => performance.now(),
  wallMs: () => Date.now(),
  after: (delayMs, callback) => {
    const timer = setTimeout(callback, delayMs);
    return () => clearTimeout(timer);
  },
};
