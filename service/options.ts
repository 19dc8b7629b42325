import type { z } from 'zod';
import { limit, type OptionRow, oneOf, text, wholeNumber } from './option-row.ts';

/** What is configured where: `environments.ts` has the values of each. */
export const environmentNames = ['plain', 'staging', 'inherited', 'diskcache', 'bandaid', 'redis-careless', 'sidecar'] as const;
export type EnvironmentName = (typeof environmentNames)[number];

export const bytesPerMiB = 1_048_576;

/**
 * Everything that can be configured, one row each. An environment is nothing but a set of these values.
 * Key `redisTimeoutMs` is read from the variable TREASURE_REDIS_TIMEOUT_MS; the value `none` means "no limit" where a row allows it.
 */
export const optionRows = {
  host: text(255, '127.0.0.1', { unit: '', help: 'Address to listen on.', perPod: true }),
  port: wholeNumber(0, 65_535, 0, { unit: '', help: 'Port to listen on; 0 takes a free one.', perPod: true }),
  portFile: text(4_096, '', { unit: 'path', help: 'File that says {"port":N} once the service listens; empty for none.', perPod: true }),
  podName: text(63, 'pod', { unit: '', help: 'Name of this pod, in answers, logs and metrics.', perPod: true }),
  environment: oneOf(environmentNames, 'plain', {
    unit: '',
    help: 'Name of the environment, in logs and metrics; it brings values of its own for some of the options below.',
  }),
  memoryBytesMax: wholeNumber(128 * bytesPerMiB, 65_536 * bytesPerMiB, 512 * bytesPerMiB, {
    unit: 'bytes',
    help: 'Memory limit of the pod. Whoever starts the process enforces it, and sets the heap limit below it.',
  }),
  runId: text(128, '', { unit: '', help: 'A label for logs; the service does nothing with it.', perPod: true }),
  worldSeed: wholeNumber(0, Number.MAX_SAFE_INTEGER, 1, { unit: '', help: 'Seed of the treasure world.' }),
  requestTimeoutMs: limit([1, 600_000], 500, {
    unit: 'ms',
    help: 'Budget for one request, from its arrival, waiting for Redis not counted; over it comes what onTimeout says. none: no limit.',
  }),
  onTimeout: oneOf(['refuse', 'empty'], 'refuse', {
    unit: '',
    help: 'What a search answers when its time is over: refuse says 503, empty says 200 and shows an empty chest.',
  }),
  waitingMax: limit([1, 1_000_000], 1_000, {
    unit: 'requests',
    help: 'Requests that may wait for their turn; one more is answered as if its time were over. none: no limit.',
  }),
  bodyBytesMax: wholeNumber(512, 1_048_576, 16_384, { unit: 'bytes', help: 'Largest request body; more is answered with 413.' }),
  keepAliveTimeoutMs: wholeNumber(1_000, 3_600_000, 120_000, {
    unit: 'ms',
    help: 'How long an idle connection stays open. Longer than players think, or they lose requests to closing connections.',
  }),
  redisHost: text(255, '127.0.0.1', { unit: '', help: 'Address of Redis, the second cache level.' }),
  redisPort: wholeNumber(0, 65_535, 0, { unit: '', help: 'Port of Redis; 0 for no second cache level.' }),
  redisUsername: text(255, 'default', { unit: '', help: 'Redis ACL user.' }),
  redisPassword: text(1_024, '', { unit: '', help: 'Password of the Redis user. Needed whenever redisPort is set.', secret: true }),
  missingSecret: oneOf(['refuse', 'empty'], 'refuse', {
    unit: '',
    help: 'What a missing redisPassword means: refuse does not start without it, empty goes on with an empty password.',
  }),
  redisTimeoutMs: limit([1, 60_000], 25, {
    unit: 'ms',
    help: 'How long a request waits for Redis before it goes on without. none: for ever.',
  }),
  redisQueueMax: limit([0, 1_000_000], 0, {
    unit: 'reads',
    help: 'Reads that may wait for Redis to come back while it is away; 0 goes on without it at once. none: no limit.',
  }),
  cacheEntriesMax: wholeNumber(0, 1_000_000, 512, { unit: 'entries', help: 'Size of the cache in the process; 0 switches it off.' }),
  cacheKind: oneOf(['memory', 'disk'], 'memory', {
    unit: '',
    help: 'Where the cache in the process keeps values: memory, or a file of its own.',
  }),
  diskCacheFolder: text(4_096, '', {
    unit: 'path',
    help: 'Folder of the disk cache, to be kept over restarts; empty for one under the temp directory, by pod and run.',
    perPod: true,
  }),
  diskCacheBytesMax: wholeNumber(65_536, 1_073_741_824, 8 * bytesPerMiB, {
    unit: 'bytes',
    help: 'Size of the disk cache at which it is compacted: live entries are rewritten, the oldest are evicted.',
  }),
  cacheTtlSeconds: wholeNumber(1, 86_400, 300, { unit: 's', help: 'How long a cached value is good for, on both levels.' }),
  sessionsMax: wholeNumber(0, 1_000_000, 2_000, {
    unit: 'sessions',
    help: 'Sessions whose recent searches are remembered, to tell repeated requests and scripts from players; 0 for none.',
  }),
  sessionSearchesMax: wholeNumber(1, 1_000, 20, { unit: 'searches', help: 'Recent searches that are remembered of each session.' }),
  sessionBytesMax: limit([0, 1_073_741_824], 4 * bytesPerMiB, {
    unit: 'bytes',
    help: 'Bytes of all remembered searches together, as they came over the wire. none: only their number is limited.',
  }),
  upstreamPort: wholeNumber(0, 65_535, 0, {
    unit: '',
    help: 'Sidecar: port of the main process beside it; 0 when a file says it.',
    perPod: true,
  }),
  upstreamPortFile: text(4_096, '', {
    unit: 'path',
    help: 'Sidecar: the port file of the main process, read again whenever that cannot be reached; empty for none.',
    perPod: true,
  }),
  upstreamConnectionsMax: wholeNumber(1, 1_000, 16, { unit: '', help: 'Sidecar: connections to the main process.' }),
  upstreamQueueMax: wholeNumber(0, 100_000, 512, {
    unit: 'requests',
    help: 'Sidecar: requests that may wait for such a connection; one more is answered 503 at once.',
  }),
  sidecarMemoryBytesMax: wholeNumber(128 * bytesPerMiB, 65_536 * bytesPerMiB, 512 * bytesPerMiB, {
    unit: 'bytes',
    help: 'Sidecar: its memory limit, enforced like memoryBytesMax.',
  }),
  sidecarSearch: oneOf(['wasm', 'forward'], 'wasm', { unit: '', help: 'Sidecar: searches in WebAssembly itself, or forwards searches.' }),
  sidecarCacheBytesMax: wholeNumber(0, 1_073_741_824, 16 * bytesPerMiB, { unit: 'bytes', help: 'Sidecar: size of its cache; 0 for none.' }),
  sidecarNegativeBytesMax: wholeNumber(0, 67_108_864, 262_144, {
    unit: 'bytes',
    help: 'Sidecar: size of its memory for what is known not to be there; 0 for none.',
  }),
  accessLogFile: text(4_096, '', {
    unit: 'path',
    help: 'File that gets a line "<epochMs> <requestId> <operation> <status>" before each answer; empty for none.',
    perPod: true,
  }),
  logLevel: oneOf(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'], 'info', { unit: '', help: 'Least level to log.' }),
} as const;

export type OptionKey = keyof typeof optionRows;
export type Options = { readonly [Key in OptionKey]: z.output<(typeof optionRows)[Key]['check']> };

/** Values that take the place of the rows' own. */
export type OptionDefaults = Partial<Options>;

export const optionKeys = Object.keys(optionRows) as OptionKey[];

export function rowOf(key: OptionKey): OptionRow {
  return optionRows[key];
}

export const variablePrefix = 'TREASURE_';

/** `redisTimeoutMs` -> `TREASURE_REDIS_TIMEOUT_MS`. */
export function variableOf(key: string): string {
  return variablePrefix + key.replace(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase();
}
