import type { Clock } from '../../core/clock.ts';
import type { Platform } from '../../platforms/platform.ts';
import type { Metric } from './play-rows.ts';
import type { Series } from './played.ts';

export type Sampler = { stop(): { readonly [name: string]: Series } };

const everyMs = 1_000;

/** Reads metrics of the pods once a second, by the way that faults take their evidence: null while nobody answers. */
export function startSampling(platform: Platform, metrics: { readonly [name: string]: Metric }, clock: Clock): Sampler {
  const startedAtMs = clock.nowMs();
  const series = new Map(Object.keys(metrics).map((name) => [name, [] as { atMs: number; value: number | null }[]]));
  let cancel = (): void => {};
  let stopped = series.size === 0;

  async function sample(): Promise<void> {
    const atMs = clock.nowMs() - startedAtMs;
    const values = await Promise.all(Object.entries(metrics).map(async ([name, one]) => [name, await read(platform, one)] as const));
    if (stopped) return;
    for (const [name, value] of values) series.get(name)?.push({ atMs, value });
    next();
  }

  function next(): void {
    cancel = clock.after(everyMs, () => void sample());
  }

  if (!stopped) next();
  return {
    stop() {
      stopped = true;
      cancel();
      return Object.fromEntries(series);
    },
  };
}

/** A platform that is not up yet, or not any more, knows nothing. */
function read(platform: Platform, { metric, labels }: Metric): Promise<number | null> {
  return platform.metric(metric, labels).catch(() => null);
}
