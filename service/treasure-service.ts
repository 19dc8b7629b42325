import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import { createApp } from './api/app.ts';
import { cleanId } from './api/request-id.ts';
import { createWorlds } from './api/worlds.ts';
import { openDiskLevel } from './cache/disk/disk-level.ts';
import { createLevels, type Level } from './cache/levels.ts';
import { configurationHash } from './configuration.ts';
import { addOperationsEndpoints } from './operations/endpoints.ts';
import { GcLedger, watchGc } from './operations/gc-share.ts';
import { createLog, type Log } from './operations/log.ts';
import { createMetrics, type Metrics } from './operations/metrics.ts';
import type { Options } from './options.ts';
import type { Serving } from './program.ts';
import { openSessionDesk } from './sessions/session-desk.ts';
import { openAccessLogOf, openSharedCache } from './shared-parts.ts';
import { warmUp } from './warm-up.ts';

/** `listen` warms up first; `drain` gives what is under way 5 s at most. */
export type TreasureService = Serving & { readonly app: FastifyInstance };

const drainMs = 5_000;

/** Puts the service together; nothing listens yet, and Redis may be away. */
export function openTreasureService(options: Options): TreasureService {
  const configHash = configurationHash(options);
  const log = createLog(options, configHash);
  // A pod that dies of it takes its metrics along; what is logged stays.
  const gc = new GcLedger((second, gcShare) => log.warn({ second, gcShare }, 'garbage collection takes most of the time'));
  const stopWatchingGc = watchGc(gc);
  let draining = false;

  const info = { environment: options.environment, config_hash: configHash, pod: options.podName };
  const metrics: Metrics = createMetrics({ gc, isRedisUp: () => shared.state() === 'up', info });
  const shared = openSharedCache(options, metrics, log);
  // Where values are kept in a file they are not kept in memory too: each hit is read, and made into objects again.
  const entriesMax = options.cacheKind === 'disk' ? 0 : options.cacheEntriesMax;
  const cacheOptions = { entriesMax, ttlSeconds: options.cacheTtlSeconds, nowMs: () => performance.now() };
  const disk = openDisk(options, metrics, log);
  const remember = createLevels(cacheOptions, [...disk, { name: 'redis', cache: shared }], metrics.countLookup);
  const accessLog = openAccessLogOf(options, log);

  const worlds = createWorlds(options.worldSeed);
  const sessions = openSessionDesk(options, metrics, log);
  const app = createApp({ options, worlds, remember, sessions, metrics, accessLog, log });
  addOperationsEndpoints(app, { options, metrics, shared, isDraining: () => draining });

  return {
    app,
    log,
    listen: async () => {
      await warmUp(worlds);
      await app.listen({ host: options.host, port: options.port });
      const address = app.server.address();
      return typeof address === 'object' && address !== null ? address.port : options.port;
    },
    drain: async () => {
      draining = true;
      const giveUp = setTimeout(() => app.server.closeAllConnections(), drainMs);
      await app.close();
      clearTimeout(giveUp);
      shared.close();
      for (const { cache } of disk) cache.close();
      stopWatchingGc();
      accessLog.close();
    },
  };
}

function openDisk(options: Options, metrics: Metrics, log: Log): Level[] {
  if (options.cacheKind !== 'disk') return [];
  const ownFolder = join(tmpdir(), `treasure-disk-cache-${cleanId(options.runId)}-${cleanId(options.podName)}`.replaceAll('/', '_'));
  const folder = options.diskCacheFolder === '' ? ownFolder : options.diskCacheFolder;
  const ttlMs = options.cacheTtlSeconds * 1_000;
  const level = openDiskLevel({ folder, bytesMax: options.diskCacheBytesMax, ttlMs, nowMs: Date.now }, (error) =>
    log.error({ err: error }, 'the disk cache fails'),
  );
  metrics.watchDisk(level.figures);
  return [{ name: 'disk', cache: level.cache }];
}
