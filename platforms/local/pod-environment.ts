import { join } from 'node:path';
import type { CacheTarget, Environment } from '../platform.ts';

type OptionValue = string | number | boolean | null;

/** What differs from process to process of one pod. */
export type PodSeat = { name: string; portFile: string; accessLogFile: string | null };

/**
 * All that a pod inherits: PATH and TREASURE_* variables. Nothing else of the user's environment, so that what works here does
 * not work by accident (and no token of the user's ends up in a process that we are about to break).
 */
export function podEnvironment(environment: Environment, cache: CacheTarget | null, seat: PodSeat): { [variable: string]: string } {
  const options: { [key: string]: OptionValue } = {
    ...environment.service,
    host: '127.0.0.1',
    port: 0,
    portFile: seat.portFile,
    podName: seat.name,
    environment: environment.name,
    runId: environment.runId,
    worldSeed: environment.seed,
    ...(cache === null ? {} : cacheOptions(cache)),
    ...(seat.accessLogFile === null ? {} : { accessLogFile: seat.accessLogFile }),
  };
  const variables = Object.entries(options).map(([key, value]) => [variableOf(key), writeValue(value)]);
  return { PATH: process.env['PATH'] ?? '', ...Object.fromEntries(variables) };
}

function cacheOptions({ host, port, username, password }: CacheTarget): { [key: string]: OptionValue } {
  return { redisHost: host, redisPort: port, redisUsername: username, redisPassword: password };
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
