import { mkdtemp, readFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { join } from 'node:path';
import type { Bench } from '../bench-run.ts';
import { startProgram } from '../processes/started.ts';
import { biomeAnswer, fullChest, searchAnswer, spawnsAnswer } from '../server/answers.ts';

/** Seconds from the start of the command to the first request of a player, and to the first connection of any kind. */
export type FirstRequest = { seconds: readonly number[]; firstTouchSeconds: readonly number[] };

const root = join(import.meta.dirname, '../..');
const runs = 7;
const waitMsMax = 20_000;

/** What somebody waits who types `load`: Node, modules, the check of the target, the crowd. */
export async function timeFirstRequests(bench: Bench): Promise<FirstRequest> {
  const seconds: number[] = [];
  const firstTouchSeconds: number[] = [];
  for (let run = 0; run < runs; run++) {
    const once = await timeOnce(bench, run);
    seconds.push(once.playerSeconds);
    firstTouchSeconds.push(once.touchSeconds);
  }
  return { seconds, firstTouchSeconds };
}

async function timeOnce(bench: Bench, run: number): Promise<{ playerSeconds: number; touchSeconds: number }> {
  const folder = await mkdtemp(join(bench.folder, `load-${run}-`));
  await bench.awaitQuiet();
  const watch = await listen();
  const args = [...(await tool()), 'load', watch.url, '--players', String(bench.players), '--for', '5s', '--quiet'];
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

/** Answers as the bench server does, and notes when the first one came. */
function listen(): Promise<Watch> {
  const first = Promise.withResolvers<number>();
  let touchedAtMs = Number.NaN;
  const server = createServer((request, answer) => {
    const nowMs = performance.now();
    if (Number.isNaN(touchedAtMs)) touchedAtMs = nowMs;
    const path = request.url ?? '';
    if (path.startsWith('/v1/')) first.resolve(nowMs);
    request.resume();
    answer.setHeader('content-type', 'application/json').end(bodyFor(path));
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
