import type { Bench } from '../bench-run.ts';
import { cacheFolder } from '../cache-folder.ts';
import { type Played, readPlayed } from '../ours/job.ts';
import { commandFor, jobOf } from '../peers/ours.ts';
import { startProgram } from '../processes/started.ts';
import { startBenchServer } from '../server/nginx.ts';

export type FullSpeed = {
  /** Where server and players write what they write. */
  folder: string;
  log: 'all' | 'empties';
  seconds: number;
  nodeFlags: readonly string[];
};

/** This project's players without a pause against a server of their own; what they counted. Throws where nobody played. */
export async function playAtFullSpeed(bench: Bench, { folder, log, seconds, nodeFlags }: FullSpeed): Promise<Played> {
  const { players, bodiesFile, poolFile } = bench;
  const server = await startBenchServer({ folder, servers: 1, core: bench.serverCore, connectionsMax: players + 100, log });
  try {
    const [origin] = server.origins as [string];
    const work = { origin, players, everySeconds: 0, seconds, warmupSeconds: 0, folder, bodiesFile, poolFile, cache: cacheFolder() };
    const { program, args } = commandFor(jobOf(work));
    const player = await startProgram({ program, args: [...nodeFlags, ...args] }, { name: 'players', folder, core: bench.playersCore });
    try {
      await player.ended;
      return readPlayed(await player.output());
    } finally {
      if (player.isAlive()) await player.stop(500);
    }
  } finally {
    await server.stop();
  }
}
