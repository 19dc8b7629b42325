import { type AccessLog, noAccessLog, openAccessLog } from './api/access-log.ts';
import { createRedisClient } from './cache/redis-client.ts';
import { openRedisLink } from './cache/redis-link.ts';
import { noSharedCache, type SharedCache } from './cache/shared-cache.ts';
import type { Log } from './operations/log.ts';
import type { Metrics } from './operations/metrics.ts';
import type { Options } from './options.ts';

/** What the service and its sidecar put together in the same way. */

export function openAccessLogOf(options: Options, log: Log): AccessLog {
  if (options.accessLogFile === '') return noAccessLog;
  return openAccessLog(options.accessLogFile, (error) => log.error({ err: error }, 'the access log cannot be written'));
}

export function openSharedCache(options: Options, metrics: Metrics, log: Log): SharedCache {
  if (options.redisPort === 0) return noSharedCache;
  const link = { timeoutMs: options.redisTimeoutMs, queueMax: options.redisQueueMax, ttlSeconds: options.cacheTtlSeconds };
  const shared = openRedisLink(createRedisClient(options), link, {
    onAuthRefused: metrics.countAuthRefused,
    onError: metrics.countRedisError,
    onChange: (state, reason) => {
      if (state === 'up') log.info({ redis: 'up' }, 'redis answers');
      else log.warn({ redis: 'down', reason }, 'redis is away');
    },
  });
  return { ...shared, read: timed(shared, metrics) };
}

function timed(shared: SharedCache, metrics: Metrics): SharedCache['read'] {
  return async (key, withinMs) => {
    const askedAtMs = performance.now();
    const answer = await shared.read(key, withinMs);
    if (answer.kind !== 'bypass') metrics.timeRedisRead((performance.now() - askedAtMs) / 1_000);
    return answer;
  };
}
