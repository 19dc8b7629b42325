import { createRequire } from 'node:module';
import type { Options } from '../options.ts';

/** The little of a Redis client that the link needs; the tests bring one of their own. */
export interface RedisClient {
  readonly isReady: boolean;
  get(key: string): Promise<string | null>;
  set(key: string, text: string, ttlSeconds: number): Promise<void>;
  onReady(listener: () => void): void;
  onError(listener: (error: Error) => void): void;
  connect(): Promise<void>;
  destroy(): void;
}

/** A connection on which nothing was heard for so long, heartbeats included, is dead. Only where time is limited at all. */
const silenceMs = 5_000;

/**
 * node-redis, told to leave the decisions to us: no queue of its own while away (it would write queued commands right behind a refused
 * login, so that each is answered NOAUTH), no time-out of its own, and never to give up reconnecting.
 */
export function createRedisClient(options: Options): RedisClient {
  // Loaded only where there is a Redis: it takes some 30 MB, more than anything else in a sidecar without one.
  const { createClient } = createRequire(import.meta.url)('redis') as typeof import('redis');
  const client = createClient({
    username: options.redisUsername,
    password: options.redisPassword,
    disableOfflineQueue: true,
    disableClientInfo: true,
    maintNotifications: 'disabled',
    commandOptions: { timeout: 0 },
    socket: {
      host: options.redisHost,
      port: options.redisPort,
      reconnectStrategy: (retries) => reconnectDelayMs(retries, Math.random()),
      ...(options.redisTimeoutMs === null ? {} : { socketTimeout: silenceMs }),
    },
  });
  return {
    get isReady() {
      return client.isReady;
    },
    get: (key) => client.get(key),
    set: async (key, text, ttlSeconds) => {
      await client.set(key, text, { expiration: { type: 'EX', value: ttlSeconds } });
    },
    onReady: (listener) => void client.on('ready', listener),
    onError: (listener) => void client.on('error', listener),
    connect: async () => {
      await client.connect();
    },
    destroy: () => client.destroy(),
  };
}

/**
 * 50 ms doubled up to 1 s, of which a random half is waited for: back within about a second of the repair, and no two pods in step.
 * `chance` is in [0, 1).
 */
export function reconnectDelayMs(retries: number, chance: number): number {
  const ceiling = Math.min(1_000, 50 * 2 ** Math.min(retries, 10));
  return Math.round(ceiling * (0.5 + chance / 2));
}
