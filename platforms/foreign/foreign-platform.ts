import type { Platform } from '../platform.ts';

/**
 * A target that was there before us and stays after us: nothing is brought up, broken or taken down. Players only.
 * `origin` is where it listens.
 */
export function createForeignPlatform(origin: string): Platform {
  return {
    name: 'foreign',
    check: async () => [],
    up: async () => {},
    watchEndpoints(listener) {
      listener([{ pod: 'target', origin }]);
      return () => {};
    },
    pods: () => [],
    cache: () => null,
    crash: async (pod) => {
      throw new Error(`${pod} is not ours to crash`);
    },
    awaitReady: async () => true,
    isAlive: () => false,
    metric: async () => null,
    down: async () => {},
  };
}
