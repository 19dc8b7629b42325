import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { AwayReason } from '../cache/shared-cache.ts';
import type { LookupResult } from '../cache/two-levels.ts';
import type { GcLedger } from './gc-share.ts';

/** What a route does, as in logs and metrics; `other` is whatever has no route. */
export type Operation = 'search' | 'spawns' | 'biome' | 'healthz' | 'readyz' | 'metrics' | 'configz' | 'openapi' | 'other';

/** `empty`: a good answer of no use to the player. `refused`: our 4xx. `failed`: our 5xx. */
export type RequestOutcome = 'ok' | 'empty' | 'refused' | 'failed';

export type Metrics = {
  readonly registry: Registry;
  countRequest(operation: Operation, outcome: RequestOutcome, seconds: number): void;
  countLookup(level: 'process' | 'redis', result: LookupResult): void;
  countRedisError(reason: AwayReason): void;
  countAuthRefused(): void;
};

export type MetricSources = { gc: GcLedger; isRedisUp: () => boolean; info: { environment: string; config_hash: string; pod: string } };

const secondsBuckets = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5];

export function createMetrics(sources: MetricSources): Metrics {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  const requests = new Counter({
    name: 'treasure_requests_total',
    help: 'Answers by operation and outcome.',
    labelNames: ['operation', 'outcome'],
    registers,
  });
  const seconds = new Histogram({
    name: 'treasure_request_seconds',
    help: 'Time from the request to its answer.',
    labelNames: ['operation'],
    buckets: secondsBuckets,
    registers,
  });
  const lookups = new Counter({
    name: 'treasure_cache_lookups_total',
    help: 'Cache lookups by level and result.',
    labelNames: ['level', 'result'],
    registers,
  });
  const redisErrors = new Counter({
    name: 'treasure_redis_errors_total',
    help: 'Errors seen on Redis, by reason.',
    labelNames: ['reason'],
    registers,
  });
  const authRefused = new Counter({
    name: 'treasure_redis_auth_refused_total',
    help: 'Logins and commands that Redis refused: WRONGPASS, NOAUTH, NOPERM.',
    registers,
  });
  gaugeStates(registers, sources);
  return {
    registry,
    countRequest: (operation, outcome, took) => {
      requests.inc({ operation, outcome });
      seconds.observe({ operation }, took);
    },
    countLookup: (level, result) => lookups.inc({ level, result }),
    countRedisError: (reason) => redisErrors.inc({ reason }),
    countAuthRefused: () => authRefused.inc(),
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
  new Counter({
    name: 'treasure_gc_seconds_total',
    help: 'Time spent in garbage collection.',
    registers,
    collect() {
      this.reset();
      this.inc(sources.gc.totalSeconds);
    },
  });
  new Gauge({
    name: 'treasure_info',
    help: 'Which environment, configuration and pod this is.',
    labelNames: ['environment', 'config_hash', 'pod'],
    registers,
  }).set(sources.info, 1);
}
