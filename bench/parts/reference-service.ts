import { randomBytes } from 'node:crypto';
import { mkdtemp } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { createLocalPlatform } from '../../platforms/local/local-platform.ts';
import type { Environment } from '../../platforms/platform.ts';
import type { Bench } from '../bench-run.ts';
import { type Played, readPlayed } from '../ours/job.ts';
import { commandFor } from '../peers/ours.ts';
import { startProgram } from '../processes/started.ts';
import { usageOf } from '../processes/usage.ts';
import { endOf } from './throughput.ts';

export type ServiceWishes = {
  players: number;
  requestsPerSecond: number;
  joinSeconds: number;
  warmupSeconds: number;
  measuredSeconds: number;
  pods: number;
};

export type ServicePlayed = {
  wishes: ServiceWishes;
  played: Played;
  generatorCores: number;
  generatorRssMb: number;
  podsRssMb: number;
  restarts: number;
};

/** Players and the reference service, each pod with its sidecar, share the same cores, as on a developer's machine. */
export async function playService(bench: Bench, wishes: ServiceWishes): Promise<ServicePlayed> {
  const folder = await mkdtemp(join(bench.folder, 'service-'));
  await bench.awaitQuiet();
  const platform = createLocalPlatform({});
  bench.atTheEnd(platform.down);
  const origins = new Set<string>();
  try {
    await platform.up(environmentIn(folder, wishes.pods), bench.tell);
    platform.watchEndpoints((endpoints) => {
      for (const { origin } of endpoints) origins.add(origin);
    });
    const { players, requestsPerSecond, joinSeconds, warmupSeconds, measuredSeconds } = wishes;
    const command = commandFor({
      origins: [...origins],
      players,
      everyMs: Math.round((players * 3 * 1000) / requestsPerSecond),
      joinMs: joinSeconds * 1000,
      seed: 17,
      world: null,
      shard: { index: 0, of: 1 },
      localAddresses: [],
      poolFile: bench.poolFile,
      warmupMs: warmupSeconds * 1000,
      measuredMs: measuredSeconds * 1000,
    });
    const player = await startProgram(command, { name: 'players', folder, core: null });
    await pause((warmupSeconds + 2) * 1000);
    const before = usageOf([player.pid]);
    const lookSeconds = measuredSeconds - 4;
    await pause(lookSeconds * 1000);
    const after = usageOf([player.pid]);
    await endOf(player, 30);
    const pods = platform.pods();
    for (const { name, restarts, exits } of pods) if (restarts > 0) bench.tell(`${name}: ${restarts} restarts, ${JSON.stringify(exits)}`);
    return {
      wishes,
      played: readPlayed(await player.output()),
      generatorCores: (after.cpuSeconds - before.cpuSeconds) / lookSeconds,
      generatorRssMb: after.rssBytesMax / 1e6,
      podsRssMb: pods.reduce((sum, pod) => sum + pod.rssBytesMax, 0) / 1e6,
      restarts: pods.reduce((sum, pod) => sum + pod.restarts, 0),
    };
  } finally {
    await platform.down();
  }
}

function environmentIn(folder: string, pods: number): Environment {
  const runId = `bench-${randomBytes(6).toString('hex')}`;
  return { name: 'sidecar', runId, seed: 1, pods, service: {}, podMemoryMiB: null, backoffScale: 1, folder, redisUrl: null };
}
