import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { basename, join } from 'node:path';
import { processTitle } from '../../machine/process-table.ts';
import type { CacheProcess, CacheRequest } from '../redis-process.ts';
import { launchDetached, logName, stopper } from './detached-process.ts';
import type { ServerFields } from './readiness.ts';
import { awaitReady } from './readiness.ts';

/** Between choosing a free port and listening on it somebody else may take it. */
const attemptsMax = 5;

/** Starts `redis-server -` or `valkey-server -`: its whole configuration comes on stdin. */
export async function startReal(request: CacheRequest, executable: string): Promise<CacheProcess> {
  for (let attempt = 1; attempt <= attemptsMax; attempt++) {
    const started = await tryToStart(request, executable, await freePort());
    if (started !== null) return started;
  }
  throw new Error(`${executable} did not start in ${attemptsMax} attempts: see ${join(request.folder, logName)}`);
}

async function tryToStart(request: CacheRequest, executable: string, port: number): Promise<CacheProcess | null> {
  const launched = await launchDetached({
    executable,
    args: ['-'],
    // The server keeps its first word in the process table and appends its address.
    title: processTitle('cache', 'cache', request.runId),
    folder: request.folder,
    stdin: writeConfiguration(request, port),
  });
  const stop = stopper(launched.process);
  const fields = await awaitReady(launched, port, request.password);
  if (fields !== null) return { engine: nameEngine(fields, executable), host: '127.0.0.1', port, process: launched.process, stop };
  // One that ended found its port taken; one that lives and cannot be reached would not be reached on another port either.
  const lives = !launched.ended();
  await stop();
  if (lives) throw new Error(`${executable} runs and does not answer on 127.0.0.1:${port}: does loopback work here (ip link set lo up)?`);
  return null;
}

function writeConfiguration(request: CacheRequest, port: number): string {
  return [
    'bind 127.0.0.1',
    `port ${port}`,
    'daemonize no',
    `dir ${quote(request.folder)}`,
    'save ""',
    'appendonly no',
    `maxmemory ${request.maxMemoryMiB ?? 64}mb`,
    'maxmemory-policy allkeys-lru',
    ...(request.password === '' ? [] : [`requirepass ${quote(request.password)}`]),
    '',
  ].join('\n');
}

/** Every byte escaped, so that no character can end the word or the line. */
function quote(text: string): string {
  return `"${Buffer.from(text, 'utf8').toString('hex').replace(/../g, '\\x$&')}"`;
}

function nameEngine(fields: ServerFields, executable: string): string {
  if (fields['valkey_version'] !== undefined) return `valkey-server ${fields['valkey_version']}`;
  if (fields['redis_version'] !== undefined) return `redis-server ${fields['redis_version']}`;
  return basename(executable);
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen({ host: '127.0.0.1', port: 0 }, () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });
}
