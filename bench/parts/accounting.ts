import { mkdtemp, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Bench } from '../bench-run.ts';
import { cacheFolder } from '../cache-folder.ts';
import { readPlayed } from '../ours/job.ts';
import { commandFor, jobOf } from '../peers/ours.ts';
import { startProgram } from '../processes/started.ts';
import { startBenchServer } from '../server/nginx.ts';

/** What the generator says it sent, and what the server wrote into its access log, to the request. */
export type Accounting = {
  sent: number;
  searches: number;
  ok: number;
  empty: number;
  others: number;
  logLines: number;
  loggedEmpty: number;
};

/** Without faults the two books must be equal. The log is written at once, so the rate is lower than in the other parts. */
export async function playAccounting(bench: Bench): Promise<Accounting> {
  const folder = await mkdtemp(join(bench.folder, 'accounting-'));
  const { players, bodiesFile, poolFile, measuredSeconds } = bench;
  const server = await startBenchServer({ folder, servers: 1, core: bench.serverCore, connectionsMax: players + 100, log: 'all' });
  try {
    const [origin] = server.origins as [string];
    const work = {
      origin,
      players,
      everySeconds: 0,
      seconds: measuredSeconds,
      warmupSeconds: 0,
      folder,
      bodiesFile,
      poolFile,
      cache: cacheFolder(),
    };
    const player = await startProgram(commandFor(jobOf(work)), { name: 'players', folder, core: bench.playersCore });
    await player.ended;
    const { whole } = readPlayed(await player.output());
    const lines = (await readFile(join(folder, 'nginx-127.0.0.1', 'access.log'), 'utf8')).trimEnd().split('\n');
    const loggedEmpty = lines.filter((line) => line.startsWith('POST ') && line.endsWith(' empty')).length;
    const { sent, searches, ok, empty } = whole;
    return { sent, searches, ok, empty, others: sent - ok - empty, logLines: lines.length, loggedEmpty };
  } finally {
    await server.stop();
  }
}
