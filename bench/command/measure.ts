import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Bench } from '../bench-run.ts';
import { installMissing } from '../install.ts';
import type { Part, PartFigures } from '../page/results.ts';
import { playAccounting } from '../parts/accounting.ts';
import { type CrowdPlayed, type CrowdWishes, playCrowd } from '../parts/crowd-play.ts';
import { timeFirstRequests } from '../parts/first-request.ts';
import { searchHighestRate } from '../parts/highest-rate.ts';
import { timeJourneys } from '../parts/journeys.ts';
import { playPeerAtPace } from '../parts/peers-connected.ts';
import { playService } from '../parts/reference-service.ts';
import { playRounds } from '../parts/throughput.ts';
import { profileTruth } from '../parts/truth.ts';
import type { Flags } from './flags.ts';

/** The founding story's crowd: 15,000 players, a chain every quarter of a minute. */
const connected: CrowdWishes = { players: 15_000, everySeconds: 15, joinSeconds: 3, warmupSeconds: 20, measuredSeconds: 30, pinned: true };

const many: CrowdWishes = { players: 100_000, everySeconds: 15, joinSeconds: 30, warmupSeconds: 45, measuredSeconds: 30, pinned: false };

const service = { players: 15_000, requestsPerSecond: 3200, joinSeconds: 15, warmupSeconds: 30, measuredSeconds: 64, pods: 2 };

/** Begins where two cores surely hold, so that the search is over within minutes. */
const stepwise = { ...service, requestsPerSecond: 6000, warmupSeconds: 25, measuredSeconds: 16 };

/** How to measure each part: one entry of the table, one section of the page. */
export const measures: { [P in Part]: (bench: Bench, flags: Flags) => Promise<PartFigures[P]> } = {
  async throughput(bench, { playing }) {
    const ready = await installMissing(playing, bench.tell);
    const versions = Object.fromEntries(ready.map(({ name, version }) => [name, version]));
    const { warmupSeconds, measuredSeconds, players } = bench;
    return { warmupSeconds, measuredSeconds, players, versions, ...(await playRounds(bench, ready)) };
  },
  accounting: playAccounting,
  async connected(bench, { alsoConnected }) {
    const runs = await crowds(bench, connected);
    const peers = [];
    for (const peer of await installMissing(alsoConnected, bench.tell)) {
      peers.push(await playPeerAtPace(bench, peer, connected));
      bench.tell(`${peer.name}: ${JSON.stringify(peers.at(-1)?.seen)}`);
    }
    return { runs, peers };
  },
  many: async (bench) => ({ runs: await crowds(bench, many) }),
  async service(bench) {
    const runs = [];
    for (let run = 0; run < bench.rounds; run++) runs.push(await playService(bench, service));
    return { runs };
  },
  highest: (bench) => searchHighestRate(bench, stepwise),
  journeys: async (bench) => ({ runs: await timeJourneys(bench) }),
  'first-request': timeFirstRequests,
  async truth(bench, { trial }) {
    const { share, text } = await profileTruth(bench);
    if (trial) bench.tell(text);
    else {
      await mkdir(bench.profilesFolder, { recursive: true });
      await writeFile(join(bench.profilesFolder, 'players.txt'), text);
    }
    return share;
  },
};

async function crowds(bench: Bench, wishes: CrowdWishes): Promise<CrowdPlayed[]> {
  const runs: CrowdPlayed[] = [];
  for (let run = 0; run < bench.rounds; run++) {
    const played = await playCrowd(bench, wishes);
    runs.push(played);
    bench.tell(`${wishes.players} players: ${JSON.stringify(played.seen)}, all connected after ${played.connectedSeconds} s`);
  }
  return runs;
}
