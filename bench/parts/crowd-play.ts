import { mkdtemp } from 'node:fs/promises';
import { join } from 'node:path';
import { sourceAddresses } from '../../simulator/crew/source-addresses.ts';
import type { Bench } from '../bench-run.ts';
import { type Played, readPlayed } from '../ours/job.ts';
import { together } from '../ours/told.ts';
import { commandFor } from '../peers/ours.ts';
import { connectedAfter, type Seen, watchPlay } from '../play-watch.ts';
import { connectionsPerProcessMax, processesFor } from '../processes/limits.ts';
import { type Started, startProgram } from '../processes/started.ts';
import { world } from '../server/answers.ts';
import { startBenchServer } from '../server/nginx.ts';
import { endOf } from './throughput.ts';

export type CrowdWishes = {
  players: number;
  everySeconds: number;
  joinSeconds: number;
  warmupSeconds: number;
  measuredSeconds: number;
  /** Generator and server on a core each; otherwise they share all there are. */
  pinned: boolean;
};

export type CrowdPlayed = {
  wishes: CrowdWishes;
  generators: number;
  servers: number;
  seen: Seen;
  connectedSeconds: number | null;
  played: Played;
};

/** This project's players at a pace, in as many processes as their connections need, against as many servers. */
export async function playCrowd(bench: Bench, wishes: CrowdWishes): Promise<CrowdPlayed> {
  const { players, everySeconds, joinSeconds, warmupSeconds, measuredSeconds, pinned } = wishes;
  const folder = await mkdtemp(join(bench.folder, `crowd-${players}-`));
  await bench.awaitQuiet();
  const processes = processesFor(players);
  const core = pinned ? bench.serverCore : null;
  const server = await startBenchServer({ folder, servers: processes, core, connectionsMax: connectionsPerProcessMax(), log: 'empties' });
  const addresses = sourceAddresses({ places: players, processes, endpoints: server.origins.length });
  const generators: Started[] = [];
  try {
    for (let index = 0; index < processes; index++) {
      const command = commandFor({
        origins: server.origins,
        players,
        everyMs: everySeconds * 1000,
        joinMs: joinSeconds * 1000,
        seed: 17,
        world,
        shard: { index, of: processes },
        localAddresses: addresses[index] ?? [],
        poolFile: bench.poolFile,
        warmupMs: warmupSeconds * 1000,
        measuredMs: (measuredSeconds + 2) * 1000,
      });
      generators.push(await startProgram(command, { name: `players ${index + 1}`, folder, core: pinned ? bench.playersCore : null }));
    }
    const connected = connectedAfter(server, players, warmupSeconds);
    const seen = await watchPlay(server, generators, { warmupSeconds, measuredSeconds });
    await Promise.all(generators.map((generator) => endOf(generator, 30)));
    const played = together(await Promise.all(generators.map(async (generator) => readPlayed(await generator.output()))));
    return { wishes, generators: processes, servers: processes, seen, connectedSeconds: await connected, played };
  } finally {
    await Promise.all(generators.map((generator) => generator.stop(500)));
    await server.stop();
  }
}
