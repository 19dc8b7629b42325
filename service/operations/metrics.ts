import { Counter, collectDefaultMetrics, Gauge, Registry } from 'prom-client';
import type { DiskCacheFigures } from '../cache/disk/disk-cache.ts';
import type { LevelName, LookupResult } from '../cache/levels.ts';
import type { AwayReason } from '../cache/shared-cache.ts';
import type { GcLedger } from './gc-share.ts';
import { redisMetrics, type UpstreamListener, upstreamMetrics } from './link-metrics.ts';
import { PairTally, TimeTally } from './tallies.ts';

/** What a route does, as in logs and metrics; `other` is whatever has no route. */
export type Operation = 'search' | 'spawns' | 'biome' | 'healthz' | 'readyz' | 'metrics' | 'configz' | 'openapi' | 'other';

/** `empty`: a good answer of no use to the player. `refused`: our 4xx. `failed`: our 5xx. */
export type RequestOutcome = 'ok' | 'empty' | 'refused' | 'failed';

export type Metrics = {
  readonly registry: Registry;
  countRequest(operation: Operation, outcome: RequestOutcome, seconds: number): void;
  countLookup(level: LevelName, result: LookupResult): void;
  countRedisError(reason: AwayReason): void;
  countAuthRefused(): void;
  /** How long Redis was waited for, whatever came of it. */
  timeRedisRead(seconds: number): void;
  countOddSearch(kind: 'duplicate' | 'rapid'): void;
  /** From now on the figures of what not every process has are shown too. */
  watchSessions(figures: () => SessionFigures): void;
  watchDisk(figures: () => DiskCacheFigures): void;
  watchCache(figures: () => CacheFigures): void;
  /** For a process that asks another one: what it hears is counted from now on. */
  watchUpstream(): UpstreamListener;
};

export type MetricSources = { gc: GcLedger; isRedisUp: () => boolean; info: { environment: string; config_hash: string; pod: string } };

const playerOperations: readonly Operation[] = ['search', 'spawns', 'biome'];
const requestOutcomes: readonly RequestOutcome[] = ['ok', 'empty', 'refused', 'failed'];

/** To be counted, all connections are listed each time: with 7,500 of them a scrape held everybody up for tens of milliseconds. */
const listings = [
  'nodejs_active_resources',
  'nodejs_active_resources_total',
  'nodejs_active_handles',
  'nodejs_active_handles_total',
  'nodejs_active_requests',
  'nodejs_active_requests_total',
  'process_open_fds',
];

export function createMetrics(sources: MetricSources): Metrics {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  for (const name of listings) registry.removeSingleMetric(name);
  const requests = new PairTally<Operation, RequestOutcome>(
    registers,
    { name: 'treasure_requests_total', help: 'Answers by operation and outcome.' },
    ['operation', 'outcome'],
  );
  const seconds = new TimeTally<Operation>(
    registers,
    { name: 'treasure_request_seconds', help: 'Time from the request to its answer.' },
    'operation',
  );
  const lookups = new PairTally<LevelName, LookupResult>(
    registers,
    { name: 'treasure_cache_lookups_total', help: 'Cache lookups by level and result.' },
    ['level', 'result'],
  );
  const oddSearches = new Counter({
    name: 'treasure_odd_searches_total',
    help: 'Searches that repeat a request of their session, and bursts that no hands can do.',
    labelNames: ['kind'],
    registers,
  });
  // A series that begins with its first failure hides that failure from rate().
  for (const operation of playerOperations) for (const outcome of requestOutcomes) requests.add(operation, outcome, 0);
  gaugeStates(registers, sources);
  return {
    registry,
    countRequest: (operation, outcome, took) => {
      requests.add(operation, outcome);
      seconds.add(operation, took);
    },
    countLookup: (level, result) => lookups.add(level, result),
    ...redisMetrics(registers),
    countOddSearch: (kind) => oddSearches.inc({ kind }),
    watchSessions: (figures) => showFigures(registers, figures, sessionGauges),
    watchDisk: (figures) => {
      showFigures(registers, figures, diskGauges);
      showCounts(registers, figures, diskCounters);
    },
    watchCache: (figures) => showFigures(registers, figures, sidecarGauges),
    watchUpstream: () => upstreamMetrics(registers),
  };
}

/** What is read when somebody asks, not counted along the way. */
function gaugeStates(registers: Registry[], sources: MetricSources): void {
  const gauge = (name: string, help: string, read: () => number): void => {
    new Gauge({
      name,
      help,
      registers,
      collect() {
        this.set(read());
      },
    });
  };
  gauge('treasure_redis_up', 'Whether the second cache level answers.', () => (sources.isRedisUp() ? 1 : 0));
  gauge(
    'treasure_gc_share_worst_second',
    'Worst share of one second spent in garbage collection since the start.',
    () => sources.gc.worstShare,
  );
  countStates(registers, sources.gc);
  new Gauge({
    name: 'treasure_info',
    help: 'Which environment, configuration and pod this is.',
    labelNames: ['environment', 'config_hash', 'pod'],
    registers,
  }).set(sources.info, 1);
}

/** Counters that somebody else keeps. */
function countStates(registers: Registry[], gc: GcLedger): void {
  new Counter({
    name: 'treasure_gc_seconds_total',
    help: 'Time spent in garbage collection.',
    registers,
    collect() {
      this.reset();
      this.inc(gc.totalSeconds);
    },
  });
  new Counter({
    name: 'treasure_gc_pressed_seconds_total',
    help: 'Seconds of which garbage collection took more than the share.',
    labelNames: ['above'],
    registers,
    collect() {
      this.reset();
      this.inc({ above: '0.5' }, gc.secondsAboveHalf);
      this.inc({ above: '0.9' }, gc.secondsAboveNineTenths);
    },
  });
}

type SessionFigures = { readonly size: number; readonly bytes: number };
type CacheFigures = { readonly size: number; readonly bytes: number };
type Gauges<Figures> = { readonly [name: string]: readonly [help: string, read: (now: Figures) => number] };

const sessionGauges: Gauges<SessionFigures> = {
  treasure_sessions: ['Sessions whose recent searches are remembered.', ({ size }) => size],
  treasure_session_bytes: ['Bytes of the remembered searches as they came.', ({ bytes }) => bytes],
};

const diskGauges: Gauges<DiskCacheFigures> = {
  treasure_disk_cache_entries: ['Entries in the index of the disk cache.', ({ entries }) => entries],
  treasure_disk_cache_bytes: ['Size of the file of the disk cache.', ({ fileBytes }) => fileBytes],
};

const diskCounters: Gauges<DiskCacheFigures> = {
  treasure_disk_cache_compactions_total: ['Compactions of the disk cache.', ({ compactions }) => compactions],
  treasure_disk_cache_evicted_total: ['Live entries that compactions of the disk cache evicted.', ({ evicted }) => evicted],
};

const sidecarGauges: Gauges<CacheFigures> = {
  treasure_sidecar_cache_entries: ['Entries in the cache of the sidecar.', ({ size }) => size],
  treasure_sidecar_cache_bytes: ['Bytes that the cache of the sidecar counts.', ({ bytes }) => bytes],
};

function showFigures<Figures>(registers: Registry[], figures: () => Figures, gauges: Gauges<Figures>): void {
  for (const [name, [help, read]] of Object.entries(gauges)) {
    new Gauge({
      name,
      help,
      registers,
      collect() {
        this.set(read(figures()));
      },
    });
  }
}

function showCounts<Figures>(registers: Registry[], figures: () => Figures, counters: Gauges<Figures>): void {
  for (const [name, [help, read]] of Object.entries(counters)) {
    new Counter({
      name,
      help,
      registers,
      collect() {
        this.reset();
        this.inc(read(figures()));
      },
    });
  }
}
