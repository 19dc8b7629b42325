import { type ChildProcess, spawn } from 'node:child_process';
import { mkdir, open } from 'node:fs/promises';
import { join } from 'node:path';
import { childEnvironment } from '../machine/child-environment.ts';
import { isAlive, type ProcessId, processTitle, signal, startTicksOf } from '../machine/process-table.ts';
import { programAt } from '../machine/program.ts';

/** Puts back what a vanished conductor left open. Its end of our pipe closes with us, whatever ends us. */
export interface Watchdog {
  readonly process: ProcessId;
  /** Something was armed or put back: look into the journal. */
  tellChange(): void;
  /** Called once, as soon as the watchdog is gone without having been dismissed. */
  onLost(listener: () => void): void;
  /** Sends it away and waits until it is gone. Idempotent; never rejects. */
  dismiss(): Promise<void>;
}

export type WatchdogConfiguration = { runId: string; folder: string; epilogue: readonly string[] | null };

const readyWithinMs = 10_000;
/** A watchdog that is sent away while something is open puts that back first. */
const leavesWithinMs = 12_000;

const program = programAt(new URL('watchdog-main.ts', import.meta.url));

/** Resolves when it watches; rejects when it cannot be started. In a session of its own: a Ctrl-C of the terminal does not reach it. */
export async function startWatchdog(configuration: WatchdogConfiguration): Promise<Watchdog> {
  const child = await spawnDetached(configuration);
  const gone = new Promise<void>((resolve) => {
    child.once('exit', () => resolve());
  });
  child.stdin?.on('error', () => {});
  child.stdin?.write(`${JSON.stringify(configuration)}\n`);
  await untilReady(child);
  child.unref();
  return watch(child, gone);
}

function watch(child: ChildProcess, gone: Promise<void>): Watchdog {
  const pid = child.pid as number;
  const id = { pid, startTicks: startTicksOf(pid) ?? 0 };
  const listeners: (() => void)[] = [];
  let dismissed = false;
  let lost = child.exitCode !== null || child.signalCode !== null;
  void gone.then(() => {
    lost = true;
    if (!dismissed) for (const listener of listeners) listener();
  });
  return {
    process: id,
    tellChange: () => {
      if (!lost) child.stdin?.write('change\n');
    },
    onLost(listener) {
      if (lost) queueMicrotask(listener);
      else listeners.push(listener);
    },
    async dismiss() {
      dismissed = true;
      if (!lost) child.stdin?.end('bye\n');
      if (await within(gone, leavesWithinMs)) return;
      if (isAlive(id)) signal(id, 'SIGKILL');
      await within(gone, 1000);
    },
  };
}

async function spawnDetached({ runId, folder }: WatchdogConfiguration): Promise<ChildProcess> {
  await mkdir(join(folder, 'logs'), { recursive: true });
  const log = await open(join(folder, 'logs', 'watchdog.log'), 'a');
  try {
    return spawn(process.execPath, [program], {
      argv0: processTitle('watchdog', '', runId),
      detached: true,
      stdio: ['pipe', 'pipe', log.fd],
      env: childEnvironment(),
    });
  } finally {
    await log.close();
  }
}

async function untilReady(child: ChildProcess): Promise<void> {
  const ready = new Promise<void>((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code) => reject(new Error(`the watchdog ended with ${code} before it was ready; see logs/watchdog.log`)));
    child.stdout?.once('data', () => resolve());
  });
  if (await within(ready, readyWithinMs)) return;
  child.kill('SIGKILL');
  throw new Error(`the watchdog was not ready within ${readyWithinMs / 1000} s; see logs/watchdog.log`);
}

async function within(event: Promise<void>, ms: number): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<false>((resolve) => {
    timer = setTimeout(() => resolve(false), ms);
  });
  return Promise.race([event.then(() => true as const), late]).finally(() => clearTimeout(timer));
}
