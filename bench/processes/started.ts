import { spawn } from 'node:child_process';
import { open, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { Command } from '../peers/peer.ts';

/** A program in a session of its own, so that everything it starts can be counted, and ended, with it. */
export type Started = {
  name: string;
  pid: number;
  isAlive(): boolean;
  /** Resolves with the exit code, or null after a signal. */
  ended: Promise<number | null>;
  /** What it printed, both streams. */
  output(): Promise<string>;
  /** SIGINT first, as from a person, and what still lives after `graceMs` is killed. */
  stop(graceMs?: number): Promise<void>;
};

export type StartOptions = {
  name: string;
  /** Its output is kept here. */
  folder: string;
  /** The core that it may use; null: any. */
  core: number | null;
};

const alive = new Set<Started>();

/** Everything that was started and still lives: for the way out. */
export async function stopEverything(): Promise<void> {
  await Promise.all([...alive].map((each) => each.stop(1000)));
}

export async function startProgram(command: Command, { name, folder, core }: StartOptions): Promise<Started> {
  const logFile = join(folder, `${name.replaceAll(/\W+/g, '-')}.log`);
  const log = await open(logFile, 'w');
  const pinned = core === null ? [] : ['taskset', '--cpu-list', String(core)];
  const [program, ...args] = [...pinned, command.program, ...command.args] as [string, ...string[]];
  const child = spawn(program, args, {
    detached: true,
    cwd: command.folder ?? folder,
    env: { ...process.env, ...command.environment },
    stdio: ['ignore', log.fd, log.fd],
  });
  const ended = new Promise<number | null>((resolve, reject) => child.once('error', reject).once('exit', resolve));
  ended.catch(() => {}).finally(() => alive.delete(started));
  await log.close();
  if (child.pid === undefined) throw await ended.then(() => new Error(`${program} did not start`));
  const { pid } = child;
  const isAlive = () => child.exitCode === null && child.signalCode === null;
  const started: Started = {
    name,
    pid,
    isAlive,
    ended,
    output: () => readFile(logFile, 'utf8'),
    async stop(graceMs = 5000) {
      if (isAlive()) signalGroup(pid, 'SIGINT');
      await Promise.race([ended, pause(graceMs, null, { ref: false })]);
      // Also when the leader has gone: what it started may have stayed.
      signalGroup(pid, 'SIGKILL');
      await ended.catch(() => {});
    },
  };
  alive.add(started);
  return started;
}

/** The group that the program leads; gone already is fine. */
function signalGroup(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(-pid, signal);
  } catch {
    // Nobody is left in it.
  }
}
