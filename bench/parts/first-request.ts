import { randomInt } from 'node:crypto';
import { mkdtemp, readFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { join } from 'node:path';
import type { Bench } from '../bench-run.ts';
import { startProgram } from '../processes/started.ts';
import { biomeAnswer, fullChest, searchAnswer, spawnsAnswer } from '../server/answers.ts';
import { firstActMs } from './first-act.ts';

/**
 * Seconds from the start of the command to the first request of a player, and to the first connection of any kind. `firstActSeconds`: from
 * the start of play until a player of that crowd means to ask at all, a part of `seconds` that is the crowd's and not the start's.
 */
export type FirstRequest = { seconds: readonly number[]; firstTouchSeconds: readonly number[]; firstActSeconds?: readonly number[] };

const root = join(import.meta.dirname, '../..');
/** An odd number, large enough that its median does not hang on who happens to be in the crowds: each is another one, as with `load`. */
const runs = 41;
const seedMax = 1_000_000;
const playSeconds = 5;
const waitMsMax = 20_000;

/** What somebody waits who types `load`: Node, modules, the check of the target, the crowd. */
export async function timeFirstRequests(bench: Bench): Promise<FirstRequest> {
  const seconds: number[] = [];
  const firstTouchSeconds: number[] = [];
  const firstActSeconds: number[] = [];
  for (let run = 0; run < runs; run++) {
    const seed = randomInt(seedMax);
    const once = await timeOnce(bench, seed);
    seconds.push(once.playerSeconds);
    firstTouchSeconds.push(once.touchSeconds);
    firstActSeconds.push(firstActMs(bench.players, playSeconds * 1000, seed) / 1000);
  }
  return { seconds, firstTouchSeconds, firstActSeconds };
}

async function timeOnce(bench: Bench, seed: number): Promise<{ playerSeconds: number; touchSeconds: number }> {
  const folder = await mkdtemp(join(bench.folder, `load-${seed}-`));
  await bench.awaitQuiet();
  const watch = await listen();
  const wishes = ['--players', String(bench.players), '--for', `${playSeconds}s`, '--seed', String(seed), '--quiet'];
  const args = [...(await tool()), 'load', watch.url, ...wishes];
  const startedAtMs = performance.now();
  const load = await startProgram(
    { program: process.execPath, args: [...args, '--out', join(folder, 'run')], folder: root },
    { name: 'load', folder, core: bench.playersCore },
  );
  try {
    const playerAtMs = await watch.firstPlayer;
    return { playerSeconds: (playerAtMs - startedAtMs) / 1000, touchSeconds: (watch.touchedAtMs() - startedAtMs) / 1000 };
  } finally {
    await load.stop();
    watch.server.closeAllConnections();
    watch.server.close();
  }
}

/** What `npm run launchstorm` gives Node to start. */
async function tool(): Promise<readonly string[]> {
  const { scripts } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8')) as { scripts: { launchstorm: string } };
  return scripts.launchstorm.split(' ').slice(1);
}

type Watch = { server: Server; url: string; firstPlayer: Promise<number>; touchedAtMs(): number };

/** Answers as the bench server does, and notes when somebody came first: the check of the target only connects. */
function listen(): Promise<Watch> {
  const first = Promise.withResolvers<number>();
  let touchedAtMs = Number.NaN;
  const server = createServer((request, answer) => {
    const path = request.url ?? '';
    if (path.startsWith('/v1/')) first.resolve(performance.now());
    request.resume();
    answer.setHeader('content-type', 'application/json').end(bodyFor(path));
  });
  server.once('connection', () => {
    touchedAtMs = performance.now();
  });
  setTimeout(() => first.reject(new Error('load sent nothing')), waitMsMax).unref();
  return new Promise((resolve, reject) => {
    server.once('error', reject).listen(0, '127.0.0.1', () => {
      const address = server.address();
      if (address === null || typeof address === 'string') return reject(new Error('no port is free'));
      resolve({ server, url: `http://127.0.0.1:${address.port}`, firstPlayer: first.promise, touchedAtMs: () => touchedAtMs });
    });
  });
}

function bodyFor(path: string): string {
  if (path.startsWith('/v1/treasures')) return searchAnswer(fullChest);
  if (path.startsWith('/v1/spawns')) return spawnsAnswer();
  return path.startsWith('/v1/biomes') ? biomeAnswer() : '{}';
}
