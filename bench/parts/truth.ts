import { mkdtemp, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Bench } from '../bench-run.ts';
import { cacheFolder } from '../cache-folder.ts';
import { readPlayed } from '../ours/job.ts';
import { type Profile, profileText, type Share, shareOfTruth } from '../page/profile.ts';
import { commandFor, jobOf } from '../peers/ours.ts';
import { startProgram } from '../processes/started.ts';
import { startBenchServer } from '../server/nginx.ts';

const root = join(import.meta.dirname, '../..');

export type Truth = { share: Share; text: string };

/** The generator at full speed under Node's own profiler: what of its CPU goes to measuring and accounting. */
export async function profileTruth(bench: Bench): Promise<Truth> {
  const folder = await mkdtemp(join(bench.folder, 'truth-'));
  const { players, bodiesFile, poolFile, measuredSeconds } = bench;
  const server = await startBenchServer({ folder, servers: 1, core: bench.serverCore, connectionsMax: players + 100, log: 'empties' });
  try {
    const [origin] = server.origins as [string];
    const work = {
      origin,
      players,
      everySeconds: 0,
      seconds: measuredSeconds + 3,
      warmupSeconds: 0,
      folder,
      bodiesFile,
      poolFile,
      cache: cacheFolder(),
    };
    const { program, args } = commandFor(jobOf(work));
    const profiling = ['--cpu-prof', '--cpu-prof-interval', '500', '--cpu-prof-dir', folder];
    const player = await startProgram({ program, args: [...profiling, ...args] }, { name: 'players', folder, core: bench.playersCore });
    await player.ended;
    // Throws where nobody played: a profile of nothing costs nothing.
    readPlayed(await player.output());
    const file = (await readdir(folder)).find((name) => name.endsWith('.cpuprofile'));
    if (file === undefined) throw new Error(`no profile was written: ${(await player.output()).slice(-500)}`);
    const profile = JSON.parse(await readFile(join(folder, file), 'utf8')) as Profile;
    return { share: shareOfTruth(profile), text: profileText(profile, root) };
  } finally {
    await server.stop();
  }
}
