import type { z } from 'zod';
import { limit, type OptionRow, oneOf, text, wholeNumber } from './option-row.ts';

/**
 * Everything that can be configured, one row each. An environment is nothing but a set of these values.
 * Key `redisTimeoutMs` is read from the variable TREASURE_REDIS_TIMEOUT_MS; the value `none` means "no limit" where a row allows it.
 */
export const optionRows = {
  host: text(255, '127.0.0.1', { unit: '', help: 'Address to listen on.', perPod: true }),
  port: wholeNumber(0, 65_535, 0, { unit: '', help: 'Port to listen on; 0 takes a free one.', perPod: true }),
  portFile: text(4_096, '', { unit: 'path', help: 'File that says {"port":N} once the service listens; empty for none.', perPod: true }),
  podName: text(63, 'pod', { unit: '', help: 'Name of this pod, in answers, logs and metrics.', perPod: true }),
  environment: text(63, 'plain', { unit: '', help: 'Name of the environment, in logs and metrics.' }),
  runId: text(128, '', { unit: '', help: 'A label for logs; the service does nothing with it.', perPod: true }),
  worldSeed: wholeNumber(0, Number.MAX_SAFE_INTEGER, 1, { unit: '', help: 'Seed of the treasure world.' }),
  requestTimeoutMs: limit([1, 600_000], 500, {
    unit: 'ms',
    help: 'Budget for the work on one request, waiting for Redis not counted; over it the answer is 503. none: no limit.',
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
  redisTimeoutMs: limit([1, 60_000], 25, {
    unit: 'ms',
    help: 'How long a request waits for Redis before it goes on without. none: for ever.',
  }),
  redisQueueMax: limit([0, 1_000_000], 0, {
    unit: 'reads',
    help: 'Reads that may wait for Redis to come back while it is away; 0 goes on without it at once. none: no limit.',
  }),
  cacheEntriesMax: wholeNumber(0, 1_000_000, 512, { unit: 'entries', help: 'Size of the cache in the process; 0 switches it off.' }),
  cacheTtlSeconds: wholeNumber(1, 86_400, 300, { unit: 's', help: 'How long a cached value is good for, on both levels.' }),
  accessLogFile: text(4_096, '', {
    unit: 'path',
    help: 'File that gets a line "<epochMs> <requestId> <operation> <status>" before each answer; empty for none.',
    perPod: true,
  }),
  logLevel: oneOf(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'], 'info', { unit: '', help: 'Least level to log.' }),
} as const;

export type OptionKey = keyof typeof optionRows;
export type Options = { readonly [Key in OptionKey]: z.output<(typeof optionRows)[Key]['check']> };

export const optionKeys = Object.keys(optionRows) as OptionKey[];

export function rowOf(key: OptionKey): OptionRow {
  return optionRows[key];
}

export const variablePrefix = 'TREASURE_';

/** `redisTimeoutMs` -> `TREASURE_REDIS_TIMEOUT_MS`. */
export function variableOf(key: string): string {
  return variablePrefix + key.replace(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase();
}
