import { setTimeout as delay } from 'node:timers/promises';

/** Resolves after `ms`, or as soon as the signal is given; never rejects. */
export async function pause(ms: number, signal: AbortSignal): Promise<void> {
  await delay(ms, undefined, { signal }).catch(() => {});
}

/**
 * Does the same thing again and again until the signal is given, beginning now. A look that takes longer than its period delays
 * the next one: looks at one pod never pile up. `everyMs` is asked anew each time.
 */
export async function repeat(everyMs: () => number, signal: AbortSignal, look: () => Promise<void> | void): Promise<void> {
  while (!signal.aborted) {
    const startedAtMs = performance.now();
    await look();
    await pause(Math.max(1, everyMs() - (performance.now() - startedAtMs)), signal);
  }
}
