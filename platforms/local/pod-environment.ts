import { join } from 'node:path';
import { compileCacheFolder } from '../../machine/compile-cache.ts';
import type { CacheTarget, Environment } from '../platform.ts';
import type { OptionValue } from './published.ts';

/** What differs from process to process. */
export type Seat = {
  podName: string;
  portFile: string;
  accessLogFile: string | null;
  /** Where values of a disk cache lie, over restarts. */
  diskCacheFolder: string;
  /** Sidecar: where the main process announces its port. */
  upstreamPortFile: string | null;
};

/**
 * All that a pod inherits: PATH and TREASURE_* variables. Nothing else of the user's environment, so that what works here does
 * not work by accident (and no token of the user's ends up in a process that we are about to break). What was compiled once is kept from
 * its first file on: the compiler that strips types would stay in its memory, some 20 MB that an installed package does not have.
 */
export function podEnvironment(environment: Environment, cache: CacheOptions, seat: Seat): { [variable: string]: string } {
  const { accessLogFile, upstreamPortFile, ...always } = seat;
  const options: { [key: string]: OptionValue } = {
    ...environment.service,
    ...always,
    ...(accessLogFile === null ? {} : { accessLogFile }),
    ...(upstreamPortFile === null ? {} : { upstreamPortFile }),
    host: '127.0.0.1',
    port: 0,
    environment: environment.name,
    runId: environment.runId,
    worldSeed: environment.seed,
    ...cache,
  };
  const variables = Object.entries(options).map(([key, value]) => [variableOf(key), writeValue(value)]);
  return { PATH: process.env['PATH'] ?? '', NODE_COMPILE_CACHE: compileCacheFolder, ...Object.fromEntries(variables) };
}

export type CacheOptions = { readonly [key: string]: OptionValue };

/** Where the secret does not exist, the chart has nothing to pass on. */
export function cacheOptions(cache: CacheTarget | null, secret: 'given' | 'missing'): CacheOptions {
  if (cache === null) return {};
  const { host, port, username, password } = cache;
  return { redisHost: host, redisPort: port, redisUsername: username, ...(secret === 'given' ? { redisPassword: password } : {}) };
}

/** `redisTimeoutMs` -> `TREASURE_REDIS_TIMEOUT_MS`. */
export function variableOf(key: string): string {
  return `TREASURE_${key.replace(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase()}`;
}

function writeValue(value: OptionValue): string {
  return value === null ? 'none' : String(value);
}

export function logsFolder(environment: Environment): string {
  return join(environment.folder, 'logs');
}

/** Announced ports and the cache's own files: 0700, gone when the environment is down. */
export function privateFolder(environment: Environment): string {
  return join(environment.folder, 'private');
}
