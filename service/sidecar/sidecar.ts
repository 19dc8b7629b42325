import { createServer, type Socket } from 'node:net';
import { outcomeOf } from '../api/accounting.ts';
import { cleanId } from '../api/request-id.ts';
import { createWorlds } from '../api/worlds.ts';
import { configurationHash } from '../configuration.ts';
import { GcLedger, watchGc } from '../operations/gc-share.ts';
import { createLog, type Log } from '../operations/log.ts';
import { createMetrics, type Metrics } from '../operations/metrics.ts';
import type { Options } from '../options.ts';
import type { Serving } from '../program.ts';
import { openNotes } from '../sessions/session-desk.ts';
import { openAccessLogOf, openSharedCache } from '../shared-parts.ts';
import { AnswerCache } from './answer-cache.ts';
import { createAnswerer } from './answering.ts';
import type { SidecarAnswer } from './exchange.ts';
import { HotConnection, type HotLaneParts } from './lanes/hot-lane.ts';
import { createSlowLane } from './lanes/slow-lane.ts';
import { LocalSearch, type SearchListener } from './local-search.ts';
import { ownEndpoints } from './own-endpoints.ts';
import { Upstream } from './upstream.ts';

const drainMs = 5_000;
/** Players come in waves; what the kernel does not hold for us it turns away. */
const backlog = 4_096;
const sweepMs = 1_000;

/**
 * The sidecar: players talk to it, it answers searches and what it keeps, and asks the main process of its pod for the rest.
 *
 *     player -- hot lane --+-- answerer --+-- search (WebAssembly), kept answers
 *               slow lane -+              +-- Redis, then the main process
 */
export function openSidecar(options: Options): Serving {
  const configHash = configurationHash(options);
  const log = createLog(options, configHash).child({ role: 'sidecar' });
  // A pod that dies of it takes its metrics along; what is logged stays.
  const gc = new GcLedger((second, gcShare) => log.warn({ second, gcShare }, 'garbage collection takes most of the time'));
  const stopWatchingGc = watchGc(gc);
  const info = { environment: options.environment, config_hash: configHash, pod: options.podName };
  const metrics: Metrics = createMetrics({ gc, isRedisUp: () => shared.state() === 'up', info });
  const shared = openSharedCache(options, metrics, log);
  const upstream = openUpstream(options, metrics);
  const door = openDoor(options, { metrics, log }, (isDraining) => {
    const cache = openCache(options, shared, metrics);
    metrics.watchCache(() => cache);
    return createAnswerer({
      worlds: createWorlds(options.worldSeed),
      requestTimeoutMs: options.requestTimeoutMs,
      cache,
      search: options.sidecarSearch === 'wasm' ? new LocalSearch(options.worldSeed, cache, rememberSearches(options, metrics, log)) : null,
      upstream,
      own: ownEndpoints({ options, metrics, shared, isDraining }),
    });
  });
  return {
    log,
    listen: door.listen,
    drain: async () => {
      await door.close();
      upstream.close();
      shared.close();
      stopWatchingGc();
    },
  };
}

/** The same book as the main process keeps, of the searches that it never hears of. */
function rememberSearches(options: Options, metrics: Metrics, log: Log): SearchListener {
  if (options.sessionsMax === 0) return () => {};
  const note = openNotes(options, metrics, log);
  return (sessionId, requestId, body) =>
    void note(sessionId, { requestId, atMs: performance.now(), body: body.toString(), bytes: body.length, answer: null });
}

function openUpstream(options: Options, metrics: Metrics): Upstream {
  return new Upstream({
    port: options.upstreamPort,
    portFile: options.upstreamPortFile,
    connectionsMax: options.upstreamConnectionsMax,
    queueMax: options.upstreamQueueMax,
    onResult: metrics.watchUpstream(),
  });
}

function openCache(options: Options, shared: Parameters<typeof ownEndpoints>[0]['shared'], metrics: Metrics): AnswerCache {
  const limits = {
    bytesMax: options.sidecarCacheBytesMax,
    negativeBytesMax: options.sidecarNegativeBytesMax,
    ttlMs: options.cacheTtlSeconds * 1_000,
  };
  return new AnswerCache(limits, shared, { onLookup: metrics.countLookup, nowMs: () => performance.now() });
}

type Books = { metrics: Metrics; log: Log };
type MakeAnswerer = (isDraining: () => boolean) => HotLaneParts['answerer'];

/** Where players come in: a connection begins in the hot lane, and may move to the slow one. */
function openDoor(options: Options, { metrics, log }: Books, makeAnswerer: MakeAnswerer) {
  const accessLog = openAccessLogOf(options, log);
  const connections = new Set<HotConnection>();
  let draining = false;
  const podName = cleanId(options.podName);
  const parts = {
    answerer: makeAnswerer(() => draining),
    podName,
    bodyBytesMax: options.bodyBytesMax,
    keepAliveTimeoutMs: options.keepAliveTimeoutMs,
    isDraining: () => draining,
    account: ({ operation, status, requestId, isEmpty }: SidecarAnswer, arrivedAtMs: number): void => {
      metrics.countRequest(operation, outcomeOf(status, isEmpty), (performance.now() - arrivedAtMs) / 1_000);
      accessLog.write(requestId, operation, status);
    },
  };
  const slowLane = createSlowLane(parts, { metrics, accessLog, podName });
  const takeOver = (socket: Socket, bytes: Buffer): void => {
    socket.unshift(bytes);
    slowLane.emit('connection', socket);
  };
  const lane = { ...parts, takeOver };
  const sweeping = setInterval(() => {
    for (const connection of connections) connection.sweep(performance.now());
  }, sweepMs);
  const server = createServer({ noDelay: true, pauseOnConnect: true }, (socket) => {
    const connection = new HotConnection(socket, lane);
    connections.add(connection);
    connection.onClose(() => connections.delete(connection));
  });
  return {
    listen: () => listenOn(server, options),
    close: async (): Promise<void> => {
      draining = true;
      const ends = [...connections].map((connection) => new Promise<void>((resolve) => connection.onClose(resolve)));
      const closed = Promise.all([new Promise((resolve) => server.close(resolve)), ...ends]);
      for (const connection of connections) connection.drain();
      slowLane.closeIdleConnections();
      const giveUp = setTimeout(() => {
        for (const connection of connections) connection.destroy();
      }, drainMs);
      await closed;
      clearTimeout(giveUp);
      clearInterval(sweeping);
      slowLane.close();
      accessLog.close();
    },
  };
}

function listenOn(server: ReturnType<typeof createServer>, { host, port }: Options): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen({ host, port, backlog }, () => {
      const address = server.address();
      resolve(typeof address === 'object' && address !== null ? address.port : port);
    });
  });
}
