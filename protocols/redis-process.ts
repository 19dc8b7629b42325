import { access, constants } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import type { ProcessId } from '../machine/process-table.ts';
import { startEmbedded } from './launch/embedded-server.ts';
import { startReal } from './launch/real-server.ts';

/** A private cache server of one run, on loopback, in a session of its own: neither Ctrl-C nor our death reaches it. */
export type CacheProcess = {
  /** `redis-server 7.0.15`, `valkey-server 9.1.2`, `embedded cache server` (never called Redis), `… (dummy: takes any password)`. */
  engine: string;
  host: string;
  port: number;
  process: ProcessId;
  /** SIGTERM, after 2 s SIGKILL; resolves when the process is gone. Idempotent, never rejects. */
  stop(): Promise<void>;
};

export type CacheRequest = {
  runId: string;
  /** Working folder of the process; its log is `logs/cache.log` in it. Must exist. */
  folder: string;
  /** Of the default user. Handed over on stdin: never in an argument, the environment or a file. */
  password: string;
  /** `auto`: a real server where there is one on this machine, else the embedded one. */
  prefer: 'real' | 'embedded' | 'auto';
  /** Default 64. */
  maxMemoryMiB?: number;
  /** A server that takes any password, and none, as a careless staging has it; always the embedded one. Default false. */
  dummy?: boolean;
  /** Where PATH and LAUNCHSTORM_REDIS_SERVER are read; default: this process's environment. */
  environment?: { [name: string]: string | undefined };
};

/** Starts a cache server and resolves once it answers PING to the password. Rejects, leaving nothing behind, when it does not. */
export async function startCacheServer(request: CacheRequest): Promise<CacheProcess> {
  if (!/^[\w.:-]+$/.test(request.runId)) {
    throw new Error(`a run's id holds letters, digits, '-', '_', '.' and ':' only, not '${request.runId}'`);
  }
  if (request.dummy === true && request.prefer === 'real') {
    throw new Error('a dummy that takes any password is always the embedded cache server: a real server refuses wrong ones');
  }
  if (request.prefer === 'embedded' || request.dummy === true) return startEmbedded(request);
  const executable = await findRealServer(request.environment ?? process.env);
  if (executable !== null) return startReal(request, executable);
  if (request.prefer === 'auto') return startEmbedded(request);
  throw new Error('no redis-server or valkey-server on the PATH: install one, or name one in LAUNCHSTORM_REDIS_SERVER');
}

const realServers = ['redis-server', 'valkey-server'];

/**
 * LAUNCHSTORM_REDIS_SERVER, or the first server on the PATH, or null. A named one that cannot be run is an error and not a reason to
 * look further.
 */
export async function findRealServer(environment: { [name: string]: string | undefined }): Promise<string | null> {
  const named = environment['LAUNCHSTORM_REDIS_SERVER'];
  if (named !== undefined && named !== '') {
    if (await isExecutable(named)) return named;
    throw new Error(`LAUNCHSTORM_REDIS_SERVER names '${named}', which is no program that can be run`);
  }
  const folders = (environment['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '');
  for (const server of realServers) {
    for (const folder of folders) {
      if (await isExecutable(join(folder, server))) return join(folder, server);
    }
  }
  return null;
}

async function isExecutable(path: string): Promise<boolean> {
  return access(path, constants.X_OK).then(
    () => true,
    () => false,
  );
}
