import type { Clock } from '../../core/clock.ts';

/** What the generator takes of the machine: CPU seconds since the process began, resident memory now. */
export type Vitals = { cpuSeconds: number; rssBytes: number };

/** How much of the machine went to playing, over the run. */
export interface VitalsWatch {
  cpuShare(): number;
  rssBytesMax(): number;
  stop(): void;
}

const sampleEveryMs = 1000;

/** Of this process. An argument of the engine, so that a simulated run samples nothing real. */
export function processVitals(): Vitals {
  const { user, system } = process.cpuUsage();
  return { cpuSeconds: (user + system) / 1e6, rssBytes: process.memoryUsage.rss() };
}

export function watchVitals(clock: Clock, sample: () => Vitals): VitalsWatch {
  const first = sample();
  const startMs = clock.nowMs();
  let latest = first;
  let latestMs = startMs;
  let rssBytesMax = first.rssBytes;
  let cancel = clock.after(sampleEveryMs, tick);

  function note(): void {
    latest = sample();
    latestMs = clock.nowMs();
    rssBytesMax = Math.max(rssBytesMax, latest.rssBytes);
  }

  function tick(): void {
    note();
    cancel = clock.after(sampleEveryMs, tick);
  }

  return {
    cpuShare: () => (latestMs > startMs ? ((latest.cpuSeconds - first.cpuSeconds) * 1000) / (latestMs - startMs) : 0),
    rssBytesMax: () => rssBytesMax,
    stop() {
      cancel();
      note();
    },
  };
}
