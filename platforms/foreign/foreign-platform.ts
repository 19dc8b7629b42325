import { sumOf } from '../local/metrics-text.ts';
import type { CacheTarget, Platform } from '../platform.ts';

export type ForeignOptions = {
  /** Where it listens. */
  origin: string;
  /** The cache behind it, where the user named it; nothing else of it can be broken. */
  cache?: CacheTarget | null;
  /**
   * Text of its /metrics, or null where it has none. Behind a balancer that is the text of one pod: the caller should ask on one
   * standing connection, so that two readings come from the same one.
   */
  metrics?: { read(): Promise<string | null>; close(): Promise<void> };
};

const none = { read: async () => null, close: async () => {} };

/** A target that was there before us and stays after us: nothing is brought up or taken down, and it has no pod that we could kill. */
export function createForeignPlatform({ origin, cache = null, metrics = none }: ForeignOptions): Platform {
  return {
    name: 'foreign',
    check: async () => [],
    up: async () => {},
    watchEndpoints(listener) {
      listener([{ pod: 'target', origin }]);
      return () => {};
    },
    pods: () => [],
    cache: () => cache,
    crash: async (pod) => {
      throw new Error(`${pod} is not ours to crash`);
    },
    awaitReady: async () => true,
    isAlive: () => false,
    async metric(name, labels) {
      const text = await metrics.read();
      return text === null ? null : sumOf(text, name, labels);
    },
    down: metrics.close,
  };
}
