import { mkdtemp } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { Bench } from '../bench-run.ts';
import { cacheFolder } from '../cache-folder.ts';
import type { OwnFigures, Peer, Work } from '../peers/peer.ts';
import { type Seen, watchPlay } from '../play-watch.ts';
import { type Started, startProgram } from '../processes/started.ts';
import { startBenchServer } from '../server/nginx.ts';

/** One peer, once: from outside, by its own count, and the empty chests that the server says it handed out. */
export type Round = {
  peer: string;
  round: number;
  seen: Seen;
  own: OwnFigures;
  serverRequests: number;
  serverEmpties: number;
};

export type FailedRound = { peer: string; round: number; problem: string };

/** A peer plays a little longer than it is measured: starting up is not part of it. */
const slackSeconds = 3;

/** Everybody once, then everybody once more: what the machine does meanwhile falls on all of them alike. */
export async function playRounds(bench: Bench, peers: readonly Peer[]): Promise<{ rounds: Round[]; failed: FailedRound[] }> {
  const rounds: Round[] = [];
  const failed: FailedRound[] = [];
  for (let round = 1; round <= bench.rounds; round++) {
    for (const peer of peers) {
      await bench.awaitQuiet();
      try {
        const played = await playRound(bench, peer, round);
        rounds.push(played);
        bench.tell(lineOf(played));
      } catch (error) {
        const problem = (error as Error).message;
        failed.push({ peer: peer.name, round, problem });
        bench.tell(`FAILED ${peer.name}, round ${round}: ${problem}`);
      }
    }
  }
  return { rounds, failed };
}

async function playRound(bench: Bench, peer: Peer, round: number): Promise<Round> {
  const folder = await mkdtemp(join(bench.folder, `${peer.name}-${round}-`));
  const { warmupSeconds, measuredSeconds, players, bodiesFile, poolFile } = bench;
  const server = await startBenchServer({ folder, servers: 1, core: bench.serverCore, connectionsMax: players + 100, log: 'empties' });
  const [origin] = server.origins as [string];
  const seconds = warmupSeconds + measuredSeconds + slackSeconds;
  const work: Work = { origin, players, everySeconds: 0, seconds, warmupSeconds, folder, bodiesFile, poolFile, cache: cacheFolder() };
  const player = await startProgram(await peer.command(work), { name: peer.name, folder, core: bench.playersCore });
  try {
    const seen = await watchPlay(server, [player], { warmupSeconds, measuredSeconds });
    await endOf(player, slackSeconds + 15);
    // The log of empty chests is flushed once a second.
    await pause(1200);
    const own = peer.figures(await player.output(), work);
    return { peer: peer.name, round, seen, own, serverRequests: (await server.count()).requests, serverEmpties: await server.empties() };
  } finally {
    await player.stop(500);
    await server.stop();
  }
}

/** Lets it end by itself, as long as that takes no more than so many seconds; then it is asked to. */
export async function endOf(player: Started, secondsMax: number): Promise<void> {
  await Promise.race([player.ended, pause(secondsMax * 1000, null, { ref: false })]);
  if (player.isAlive()) await player.stop();
}

function lineOf({ peer, round, seen, own, serverRequests }: Round): string {
  const empty = own.empty === null ? 'does not look' : `${((300 * own.empty) / serverRequests).toFixed(2)} %`;
  const others = seen.othersCores > 0.1 ? `; others took ${seen.othersCores.toFixed(2)} cores` : '';
  const figures = `${Math.round(seen.requestsPerSecond)} req/s, ${seen.cpuSecondsPer100k.toFixed(2)} CPU s per 100,000, ${Math.round(seen.rssMb)} MB`;
  return `${peer}, round ${round}: ${figures}, empty chests ${empty}${others}`;
}
