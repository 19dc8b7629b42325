import { z } from 'zod';

/**
 * `report.json`, format `launchstorm.report/1`. The published JSON Schema and the types are derived from here. Times are ms since
 * play began.
 */

const count = z.number().int().nonnegative();
const ms = z.number();

const quantilesUs = z.strictObject({
  count,
  p50: z.number().nullable().describe('microseconds; null where count is 0'),
  p95: z.number().nullable(),
  p99: z.number().nullable(),
  p999: z.number().nullable(),
  max: z.number().nullable(),
});

const histogram = z.strictObject({ count, min: count, max: count, saturated: count, buckets: z.array(count).readonly() });

const operationFigures = z.strictObject({
  planned: count,
  sent: count,
  ok: count,
  empty: count,
  wrong: count,
  refused: count,
  unknown: count,
  unreachable: count,
  dropped: count,
  abandoned: count,
  refusals: z.strictObject({ '4xx': count, '429': count, '5xx': count }),
  latencyUs: quantilesUs.describe('from the moment when the player meant to act'),
  serviceUs: quantilesUs.describe('from the send'),
});

const window = z.strictObject({
  name: z.string().describe('warmup, before, during:<fault id>, recovery:<fault id>, after; run for `load`'),
  fromMs: ms,
  toMs: ms,
  operations: z.strictObject({ search: operationFigures, spawns: operationFigures, biome: operationFigures }),
  chains: z.strictObject({ planned: count, completed: count, useful: count, latencyUs: quantilesUs }),
});

const fault = z.strictObject({
  id: z.string(),
  kind: z.string(),
  variant: z.string(),
  target: z.string(),
  armedAtMs: ms.nullable(),
  appliedAtMs: ms.nullable(),
  undoneAtMs: ms.nullable(),
  bite: z.strictObject({ proven: z.boolean(), evidence: z.array(z.string()) }),
  recoveredAfterMs: ms.nullable().describe('since undone; null: not recovered before the next fault or the end'),
});

const example = z.strictObject({
  journey: count,
  requestId: z.string(),
  atMs: ms,
  outcome: z.string(),
  status: count,
  pod: z.string(),
  detail: z.string().optional().describe('what was wrong with it, one line'),
});

/** One line of the charts: a second (or less, at a window's edge) of play. */
const second = z.strictObject({
  fromMs: ms,
  toMs: ms,
  players: count,
  planned: count,
  ok: count,
  empty: count,
  wrong: count,
  refused: count,
  unknown: count,
  unreachable: count,
  dropped: count,
  abandoned: count,
  chainsPlanned: count,
  chainsUseful: count,
  searchP50Us: z.number().nullable(),
  searchP99Us: z.number().nullable(),
  searchCount: count.optional().describe('samples behind searchP50Us and searchP99Us'),
  podsReady: count.nullable(),
});

const identity = z.strictObject({
  pod: z.string(),
  environment: z.string(),
  configHash: z.string(),
  redisUp: z.boolean().nullable(),
  redisAuthRefused: count.nullable(),
  cacheLookups: count.nullable(),
  cacheHits: count.nullable(),
});

export const verdictStatuses = ['held', 'broken', 'inconclusive', 'aborted', 'interrupted', 'error'] as const;

export const reportSchema = z.strictObject({
  format: z.literal('launchstorm.report/1'),
  runId: z.string(),
  scenario: z.string().describe('the scenario file, or the URL of `load`'),
  title: z.string(),
  environment: z.string(),
  platform: z.string(),
  cacheEngine: z.string().nullable().describe('which server answered as cache; the embedded one is never called Redis'),
  seed: z.number().int(),
  startedAt: z.iso.datetime(),
  durationMs: ms,
  startedBy: z.string(),
  commit: z.string().nullable(),
  versions: z.record(z.string(), z.string()),
  crowd: z.strictObject({
    players: count,
    sessions: count,
    requestsPerPlayerPerSecond: z.number().nullable(),
    mix: z.record(z.string(), z.number()),
  }),
  generator: z.strictObject({
    lagUsP99: z.number().nullable(),
    lagCount: count,
    lagUs: histogram.optional().describe('all of it, as in seconds.ndjson: lags of several runners are merged, never averaged'),
    dropped: count,
    cpuShare: z.number(),
    rssBytesMax: count,
  }),
  windows: z.array(window),
  faults: z.array(fault),
  expectations: z.array(
    z.strictObject({
      text: z.string(),
      observed: z.string().nullable(),
      limit: z.string(),
      met: z.boolean().nullable().describe('null: no data'),
    }),
  ),
  pods: z.array(
    z.strictObject({
      name: z.string(),
      restarts: count,
      exitReasons: z.array(z.string()),
      gcShareMax: z.number().nullable(),
      rssBytesMax: count.nullable(),
      gcPressedSeconds: z
        .strictObject({ aboveHalf: count, aboveNineTenths: count })
        .optional()
        .describe('seconds that garbage collection took by more than half, and by more than nine tenths'),
      sidecarRssBytesMax: count.nullable().optional().describe('what a sidecar takes of rssBytesMax; null where there is none'),
    }),
  ),
  cache: z
    .strictObject({ lookups: count, hits: count })
    .nullable()
    .optional()
    .describe('what the pods that players talked to looked up in their cache after the joining; null where a restart has lost the count'),
  telemetry: z
    .strictObject({
      shown: z.array(identity).describe('what the metrics that people look at say of themselves'),
      played: z.array(identity).describe('what the pods that players talked to say of themselves'),
    })
    .nullable()
    .optional()
    .describe('whose metrics they are; both must be of the same environment and configuration'),
  findings: z.array(
    z.strictObject({
      text: z.string(),
      window: z.string(),
      operation: z.string(),
      examples: z.array(example),
    }),
  ),
  notes: z.array(z.string()).describe('what the reader must know to trust the figures: too few samples, embedded cache, …'),
  verdict: z.strictObject({
    status: z.enum(verdictStatuses),
    cleanup: z.enum(['restored', 'nothing', 'failed', 'conflict']),
    because: z.array(z.string()),
  }),
  exitCode: z.number().int(),
  reproduce: z.string().describe('one command line'),
  seconds: z.array(second).describe('what the charts draw; downsampled when it says so in notes'),
});

export type Report = z.infer<typeof reportSchema>;
export type ReportWindow = Report['windows'][number];
export type ReportFault = Report['faults'][number];
export type ReportSecond = Report['seconds'][number];
export type OperationReport = ReportWindow['operations']['search'];
export type QuantilesUs = z.infer<typeof quantilesUs>;
export type Verdict = Report['verdict'];
