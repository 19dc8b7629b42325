import { readFileSync } from 'node:fs';
import type { Clock } from '../core/clock.ts';

/** Taken once: the global of that name is a getter, which costs as much as the clock itself. */
const { performance } = globalThis;

/** The machine's own time: monotonic for intervals, wall clock for stamps only. */
export const systemClock: Clock = {
  nowMs: () => performance.now(),
  wallMs: () => Date.now(),
  after: (delayMs, callback) => {
    const timer = setTimeout(callback, delayMs);
    return () => clearTimeout(timer);
  },
};

/** How far the machine's monotonic clock was when this process counted 0: both tick alike from there on. */
const processBeganMs = Number(process.hrtime.bigint()) / 1_000_000 - performance.now();

/** The same, but `nowMs` names one moment in all processes until the machine is booted anew: for deadlines that another one keeps. */
export const machineClock: Clock = { ...systemClock, nowMs: () => processBeganMs + performance.now() };

let boot: string | null | undefined;

/** Names what `machineClock.nowMs` counts from; null where the system does not say. */
export function bootId(): string | null {
  if (boot === undefined) boot = readBootId();
  return boot;
}

function readBootId(): string | null {
  try {
    return readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
  } catch {
    return null;
  }
}
