import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { request } from 'node:http';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { onPath } from '../processes/shell.ts';
import { type Started, startProgram } from '../processes/started.ts';
import { type NginxSettings, nginxConfig, readStatus, type ServerCount } from './nginx-config.ts';

/** The bench server: fixed answers on one core, or one server on each of several loopback addresses. */
export type BenchServer = {
  origins: readonly string[];
  /** Requests answered so far, its own status page not counted, and connections open now. */
  count(): Promise<ServerCount>;
  /** Empty chests handed out so far; only what has been flushed, up to a second late. */
  empties(): Promise<number>;
  /** The processes, for their CPU. */
  started: readonly Started[];
  stop(): Promise<void>;
};

export type ServerWishes = { folder: string; servers: number; core: number | null; connectionsMax: number; log: NginxSettings['log'] };

export async function startBenchServer(wishes: ServerWishes): Promise<BenchServer> {
  const program = (await onPath('nginx')) ?? '/usr/sbin/nginx';
  const port = await freePort();
  const singles: Single[] = [];
  for (let n = 0; n < wishes.servers; n++) singles.push(await startOne(program, `127.0.0.${n + 1}`, port, wishes));
  return {
    origins: singles.map(({ origin }) => origin),
    started: singles.map(({ started }) => started),
    async count() {
      const counts = await Promise.all(singles.map((single) => single.count()));
      const sum = (field: keyof ServerCount) => counts.reduce((total, each) => total + each[field], 0);
      return { accepted: sum('accepted'), requests: sum('requests'), active: sum('active') };
    },
    async empties() {
      const counts = await Promise.all(singles.map(({ folder }) => emptyLines(folder, wishes.log)));
      return counts.reduce((total, each) => total + each, 0);
    },
    async stop() {
      await Promise.all(singles.map(({ started }) => started.stop()));
    },
  };
}

type Single = { folder: string; origin: string; started: Started; count(): Promise<ServerCount> };

async function startOne(program: string, host: string, port: number, wishes: ServerWishes): Promise<Single> {
  const folder = join(wishes.folder, `nginx-${host}`);
  await mkdir(folder, { recursive: true });
  const statusPort = await freePort();
  const config = join(folder, 'nginx.conf');
  const { connectionsMax, log } = wishes;
  await writeFile(config, nginxConfig({ folder, host, port, statusPort, connectionsMax, log }));
  const started = await startProgram(
    { program, args: ['-p', folder, '-c', config, '-e', join(folder, 'error.log')] },
    { name: `nginx on ${host}`, folder, core: wishes.core },
  );
  let asked = 0;
  const count = async (): Promise<ServerCount> => {
    const status = readStatus(await textAt(statusPort));
    asked += 1;
    return { active: status.active - 1, accepted: status.accepted - asked, requests: status.requests - asked };
  };
  await untilAnswers(count, started);
  return { folder, origin: `http://${host}:${port}`, started, count };
}

/** Long: whoever else uses the machine may have the core just now. */
const answersWithinMs = 15_000;

async function untilAnswers(count: () => Promise<ServerCount>, started: Started): Promise<void> {
  const untilMs = performance.now() + answersWithinMs;
  while (performance.now() < untilMs) {
    try {
      await count();
      return;
    } catch {
      if (!started.isAlive()) throw new Error(`nginx did not start:\n${await started.output()}`);
      await pause(30);
    }
  }
  throw new Error('nginx does not answer');
}

async function emptyLines(folder: string, log: NginxSettings['log']): Promise<number> {
  const text = await readFile(join(folder, log === 'all' ? 'access.log' : 'empty.log'), 'utf8');
  return text.split('\n').filter((line) => line.endsWith(' empty') && line.includes('/search ')).length;
}

/** Without keep-alive: each look is one connection and one request, which is taken off again. */
function textAt(port: number): Promise<string> {
  return new Promise((resolve, reject) => {
    const asked = request({ host: '127.0.0.1', port, path: '/status', agent: false }, (answer) => {
      let text = '';
      answer.setEncoding('utf8').on('data', (piece: string) => (text += piece));
      answer.once('end', () => resolve(text));
    });
    asked.once('error', reject).end();
  });
}

export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject).listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => (address !== null && typeof address === 'object' ? resolve(address.port) : reject(new Error('no port is free'))));
    });
  });
}
