import { spawn } from 'node:child_process';
import { mkdir, open } from 'node:fs/promises';
import { join } from 'node:path';
import type { ProcessId } from '../../machine/process-table.ts';
import { isAlive, signal, startTicksOf } from '../../machine/process-table.ts';

export type Launch = {
  executable: string;
  args: readonly string[];
  /** What the process table shows first: see `processTitle`. */
  title: string;
  folder: string;
  /** Written to stdin, then closed: the way for secrets. */
  stdin: string;
};

export type Launched = {
  process: ProcessId;
  /** Set as soon as it has ended. */
  ended(): boolean;
};

const stopWithinMs = 2000;
const goneAfterKillMs = 2000;
const pollMs = 10;

export const logName = join('logs', 'cache.log');

/**
 * Starts a process in a session of its own with an empty environment, its output appended to the folder's log. It outlives us, and
 * does not keep us alive.
 */
export async function launchDetached(launch: Launch): Promise<Launched> {
  await mkdir(join(launch.folder, 'logs'), { recursive: true });
  const log = await open(join(launch.folder, logName), 'a', 0o600);
  try {
    const child = spawn(launch.executable, launch.args, {
      argv0: launch.title,
      cwd: launch.folder,
      detached: true,
      env: {},
      stdio: ['pipe', log.fd, log.fd],
    });
    let ended = false;
    child.once('exit', () => {
      ended = true;
    });
    await new Promise((resolve, reject) => {
      child.once('error', reject);
      child.once('spawn', resolve);
    });
    // A server that dies before it has read its configuration breaks the pipe; that shows as its end.
    child.stdin?.on('error', () => {});
    child.stdin?.end(launch.stdin);
    child.unref();
    const pid = child.pid as number;
    const startTicks = startTicksOf(pid);
    return { process: { pid, startTicks: startTicks ?? -1 }, ended: () => ended || startTicks === null };
  } finally {
    await log.close();
  }
}

/** A function that ends exactly that process; every call waits for the same end. */
export function stopper(id: ProcessId): () => Promise<void> {
  let stopping: Promise<void> | null = null;
  return () => (stopping ??= stop(id));
}

export function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

async function stop(id: ProcessId): Promise<void> {
  signal(id, 'SIGTERM');
  if (await goneWithin(id, stopWithinMs)) return;
  signal(id, 'SIGKILL');
  await goneWithin(id, goneAfterKillMs);
}

async function goneWithin(id: ProcessId, withinMs: number): Promise<boolean> {
  for (let waitedMs = 0; waitedMs <= withinMs; waitedMs += pollMs) {
    if (!isAlive(id)) return true;
    await pause(pollMs);
  }
  return !isAlive(id);
}
