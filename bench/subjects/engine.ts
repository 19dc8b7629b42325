import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { createSimulatedClock } from '../../core/simulated-clock.ts';
import { systemClock } from '../../machine/system-clock.ts';
import { createEngine } from '../../simulator/engine/engine-of-crowd.ts';
import { sentOf } from '../../simulator/measure/accounting.ts';
import { buildPool } from '../../simulator/payloads/pool.ts';
import { createMemoryTransport } from '../../simulator/transports/memory.ts';
import { createWireTransport } from '../../simulator/transports/wire.ts';
import { benchCast } from '../ours/bench-cast.ts';
import { hurried, paced } from '../ours/personas.ts';
import { biomeAnswer, fullChest, paths, searchAnswer, spawnsAnswer, world } from '../server/answers.ts';
import { type BenchServer, startBenchServer } from '../server/nginx.ts';
import type { Subject } from './subject.ts';

const pool = buildPool(17, 100);
const players = 1000;
const everyMs = 300;

/** A connection for each of 64 players, against the bench server where nginx is here. */
export const engineOnSockets: Subject = {
  name: 'engine: on sockets, against nginx',
  unit: 'a request',
  async prepare() {
    folder = await mkdtemp(join(tmpdir(), 'launchstorm-subject-'));
    server = await startBenchServer({ folder, servers: 1, core: serverCore, connectionsMax: 400, log: 'empties' });
    const origin = server.origins[0] as string;
    return (times) => playAgainst(origin, times);
  },
  async end() {
    await server?.stop();
    if (folder !== null) await rm(folder, { recursive: true });
  },
};

let folder: string | null = null;
let server: BenchServer | null = null;
const serverCore = 1;

async function playAgainst(origin: string, times: number): Promise<void> {
  const transport = createWireTransport({ clock: systemClock });
  transport.route([{ pod: 'nginx', origin, basePath: '' }]);
  const cast = benchCast({ seed: 17, players: 64, joinMs: 0, persona: hurried, world, shard: { index: 0, of: 1 }, pool });
  const engine = createEngine({ clock: systemClock, transport, cast });
  await engine.start();
  for (let sent = 0; sent < times; ) {
    await pause(10);
    await engine.settled();
    const { operations: each } = await engine.figures(0, Math.floor(engine.nowMs() / 1000) * 1000 + 1000);
    sent = sentOf(each.search) + sentOf(each.spawns) + sentOf(each.biome);
  }
  await engine.stop();
  await transport.close();
}

/** Everything but sockets: behaviours, requests, judge, books, on a simulated clock and the fake transport. */
export const engineInMemory: Subject = {
  name: 'engine: on the memory transport',
  unit: 'a request',
  prepare() {
    const bodies = { search: searchAnswer(fullChest), spawns: spawnsAnswer(), biome: biomeAnswer() };
    return async (times) => {
      const clock = createSimulatedClock();
      const transport = createMemoryTransport(clock, ({ path }) => ({
        kind: 'answered',
        afterMs: 2,
        status: 200,
        body: bodies[operationOf(path)],
      }));
      transport.route([{ pod: 'pod-1', origin: 'http://pod-1.test', basePath: '' }]);
      const cast = benchCast({ seed: 17, players, joinMs: everyMs, persona: paced(everyMs), world, shard: { index: 0, of: 1 }, pool });
      const engine = createEngine({ clock, transport, cast, vitals: () => ({ cpuSeconds: 0, rssBytes: 0 }) });
      await engine.start();
      while (transport.counted('pod-1') < times) {
        await clock.runFor(50);
        await engine.settled();
      }
      const stopped = engine.stop();
      await clock.runFor(20);
      await stopped;
    };
  },
};

function operationOf(path: string): 'search' | 'spawns' | 'biome' {
  if (path.startsWith(paths.search)) return 'search';
  return path.startsWith(paths.spawns) ? 'spawns' : 'biome';
}
