import { Counter, Histogram, type Registry } from 'prom-client';
import type { AwayReason } from '../cache/shared-cache.ts';
import type { Metrics } from './metrics.ts';

/** What became of a request to the main process: `late`, its time was over; `away`, nobody there; `full`, too many wait. */
export type UpstreamOutcome = 'reply' | 'late' | 'away' | 'full';
export type UpstreamListener = (outcome: UpstreamOutcome, seconds: number) => void;

export const secondsBuckets = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5];
const awayReasons: readonly AwayReason[] = ['auth', 'timeout', 'connection', 'other'];

/** The links behind the one that answers: Redis, and for a sidecar the main process. */
export function redisMetrics(registers: Registry[]): Pick<Metrics, 'countRedisError' | 'countAuthRefused' | 'timeRedisRead'> {
  const errors = new Counter({
    name: 'treasure_redis_errors_total',
    help: 'Errors seen on Redis, by reason.',
    labelNames: ['reason'],
    registers,
  });
  for (const reason of awayReasons) errors.inc({ reason }, 0);
  const authRefused = new Counter({
    name: 'treasure_redis_auth_refused_total',
    help: 'Logins and commands that Redis refused: WRONGPASS, NOAUTH, NOPERM.',
    registers,
  });
  const reads = new Histogram({
    name: 'treasure_redis_read_seconds',
    help: 'Time that a request waited for the second cache level, whatever came of it.',
    buckets: secondsBuckets,
    registers,
  });
  return {
    countRedisError: (reason) => errors.inc({ reason }),
    countAuthRefused: () => authRefused.inc(),
    timeRedisRead: (took) => reads.observe(took),
  };
}

export function upstreamMetrics(registers: Registry[]): UpstreamListener {
  const outcomes: readonly UpstreamOutcome[] = ['reply', 'late', 'away', 'full'];
  const requests = new Counter({
    name: 'treasure_upstream_requests_total',
    help: 'Requests that the sidecar sent on to the main process of its pod, by what became of them.',
    labelNames: ['outcome'],
    registers,
  });
  for (const outcome of outcomes) requests.inc({ outcome }, 0);
  const seconds = new Histogram({
    name: 'treasure_upstream_request_seconds',
    help: 'Time from a request for the main process to what became of it, waiting for a connection included.',
    buckets: secondsBuckets,
    registers,
  });
  return (outcome, took) => {
    requests.inc({ outcome });
    seconds.observe(took);
  };
}
