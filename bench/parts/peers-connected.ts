import { mkdtemp } from 'node:fs/promises';
import { join } from 'node:path';
import type { Bench } from '../bench-run.ts';
import { cacheFolder } from '../cache-folder.ts';
import type { OwnFigures, Peer } from '../peers/peer.ts';
import { connectedAfter, type Seen, watchPlay } from '../play-watch.ts';
import { startProgram } from '../processes/started.ts';
import { startBenchServer } from '../server/nginx.ts';
import type { CrowdWishes } from './crowd-play.ts';
import { endOf } from './throughput.ts';

export type PeerPlayed = { peer: string; seen: Seen; connectedSeconds: number | null; own: OwnFigures | null };

/** The same work as the crowd's, for a peer that knows pauses. It takes as long as it needs to connect; that is part of what is told. */
export async function playPeerAtPace(bench: Bench, peer: Peer, wishes: CrowdWishes): Promise<PeerPlayed> {
  const { players, everySeconds, warmupSeconds, measuredSeconds } = wishes;
  const folder = await mkdtemp(join(bench.folder, `${peer.name}-${players}-`));
  await bench.awaitQuiet();
  const server = await startBenchServer({ folder, servers: 1, core: bench.serverCore, connectionsMax: players + 100, log: 'empties' });
  const [origin] = server.origins as [string];
  const seconds = warmupSeconds + measuredSeconds + 5;
  const work = {
    origin,
    players,
    everySeconds,
    seconds,
    warmupSeconds,
    folder,
    bodiesFile: bench.bodiesFile,
    poolFile: bench.poolFile,
    cache: cacheFolder(),
  };
  const player = await startProgram(await peer.command(work), { name: peer.name, folder, core: bench.playersCore });
  try {
    const connected = connectedAfter(server, players, warmupSeconds + measuredSeconds);
    const seen = await watchPlay(server, [player], { warmupSeconds, measuredSeconds, firstRequestSecondsMax: 120 });
    await endOf(player, 20);
    const own = await player
      .output()
      .then((output) => peer.figures(output, work))
      .catch(() => null);
    return { peer: peer.name, seen, connectedSeconds: await connected, own };
  } finally {
    await player.stop(500);
    await server.stop();
  }
}
