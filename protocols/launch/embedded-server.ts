import { randomUUID } from 'node:crypto';
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { processTitle } from '../../machine/process-table.ts';
import { programAt } from '../../machine/program.ts';
import { engineName } from '../cache/information.ts';
import type { CacheProcess, CacheRequest } from '../redis-process.ts';
import type { Launched } from './detached-process.ts';
import { launchDetached, logName, pause, stopper } from './detached-process.ts';
import { awaitReady } from './readiness.ts';

const program = programAt(new URL('../cache-main.ts', import.meta.url));
const listensWithinMs = 10_000;
const pollMs = 10;

/** Beside the values: keys, map, incomplete requests and unread replies, all limited; then the heap ends and not the machine. */
const heapReserveMiB = 256;

export async function startEmbedded(request: CacheRequest): Promise<CacheProcess> {
  const { maxMemoryMiB = 64, dummy = false } = request;
  const portFile = join(request.folder, `cache-port-${randomUUID()}.json`);
  const launched = await launchDetached({
    executable: process.execPath,
    args: [`--max-old-space-size=${maxMemoryMiB * 2 + heapReserveMiB}`, program],
    title: processTitle('cache', 'cache', request.runId),
    folder: request.folder,
    stdin: `${JSON.stringify({ password: request.password, port: 0, portFile, maxMemoryMiB, dummy })}\n`,
  });
  const stop = stopper(launched.process);
  try {
    const port = await awaitPort(launched, portFile);
    if (port !== null && (await awaitReady(launched, port, request.password)) !== null) {
      return { engine: engineName(dummy), host: '127.0.0.1', port, process: launched.process, stop };
    }
  } finally {
    await rm(portFile, { force: true });
  }
  await stop();
  throw new Error(`the embedded cache server did not start: see ${join(request.folder, logName)}`);
}

async function awaitPort(launched: Launched, portFile: string): Promise<number | null> {
  for (let waitedMs = 0; waitedMs < listensWithinMs && !launched.ended(); waitedMs += pollMs) {
    const text = await readFile(portFile, 'utf8').catch(() => null);
    if (text !== null) return (JSON.parse(text) as { port: number }).port;
    await pause(pollMs);
  }
  return null;
}
