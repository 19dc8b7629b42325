import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { type K6Event, readEvent } from './event-lines.ts';

export type K6Command = {
  program: string;
  arguments: readonly string[];
  /** How it calls itself in the process table. */
  title: string;
  /** Everything that k6 inherits. */
  env: { readonly [name: string]: string };
  /** Whether it has the output that tells of play; without it nothing is told. */
  tells: boolean;
  /** Where its own words go. */
  words: 'inherit' | NodeJS.WritableStream;
};

export type K6Listener = {
  told(event: K6Event): void;
  /** `problem` null where it came to an end of its own: well, or with a broken threshold. */
  ended(problem: Error | null): void;
};

export interface K6Process {
  start(listener: K6Listener): void;
  /** Asks it to end (SIGINT), and after a while makes it; resolves when it is gone and all it told has been heard. */
  stop(): Promise<void>;
  /** Resolves with its exit code when it ends by itself; null where it was killed. */
  gone(): Promise<number | null>;
}

/** k6 sums up when it is asked to end, and waits for nobody who plays. */
const endsWithinMs = 20_000;

/** Ends of k6 that are no fault: 0, thresholds crossed. Interrupted (105) it is where we asked for it, and then nobody asks why. */
const usualEnds = [0, 99];

/** In a session of its own: Ctrl-C reaches us first, and we end it in its turn. */
export function k6Process(command: K6Command): K6Process {
  let child: ChildProcess | null = null;
  let heard: Promise<unknown> = Promise.resolve();
  const exit = Promise.withResolvers<number | null>();

  async function run(listener: K6Listener): Promise<void> {
    const ear = command.tells ? await openEar(listener.told) : null;
    const env = ear === null ? command.env : { ...command.env, LAUNCHSTORM_EVENTS: ear.path };
    child = spawn(command.program, command.arguments, {
      argv0: command.title,
      detached: true,
      env,
      stdio: ['ignore', ...(command.words === 'inherit' ? (['inherit', 'inherit'] as const) : (['pipe', 'pipe'] as const))],
    });
    if (command.words !== 'inherit') for (const stream of [child.stdout, child.stderr]) stream?.pipe(command.words, { end: false });
    const [code, signal] = await once(child, 'exit');
    await ear?.close();
    exit.resolve(code as number | null);
    listener.ended(usualEnds.includes(code) ? null : new Error(`k6 ended (${signal ?? `exit code ${code}`})`));
  }

  return {
    start(listener) {
      heard = run(listener).catch((error) => {
        exit.resolve(null);
        listener.ended(new Error(`k6 could not be started: ${error instanceof Error ? error.message : String(error)}`));
      });
    },
    async stop() {
      if (child !== null && child.exitCode === null && child.signalCode === null) {
        child.kill('SIGINT');
        const timer = setTimeout(() => child?.kill('SIGKILL'), endsWithinMs);
        await heard;
        clearTimeout(timer);
      }
      await heard;
    },
    gone: () => exit.promise,
  };
}

type Ear = { path: string; close(): Promise<void> };

/** A socket for what k6 tells, in a folder that only we can look into. */
async function openEar(told: K6Listener['told']): Promise<Ear> {
  const folder = await mkdtemp(join(tmpdir(), 'launchstorm-k6-'));
  const path = join(folder, 'events');
  let listening: Promise<unknown> = Promise.resolve();
  const server: Server = createServer((socket) => {
    const lines = createInterface({ input: socket });
    lines.on('line', (line) => told(readEvent(line)));
    listening = once(lines, 'close');
    socket.on('error', () => {});
  });
  server.listen(path);
  await once(server, 'listening');
  return {
    path,
    async close() {
      await listening;
      server.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
