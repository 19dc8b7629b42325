import { castOf } from '../../simulator/crowd/cast.ts';
import type { Crowd } from '../../simulator/crowd/crowd.ts';
import { usefulService } from '../../simulator/crowd/useful-service.ts';
import { decisions } from '../../simulator/players/replay.ts';
import { Tally } from './tally.ts';

export type Drawn = { crowd: Crowd; forMs: number; joinedMs: number };

/** How often the reader hears how far we are, in moves. */
const movesPerReport = 65_536;

/** Plays the crowd without any service, as fast as this machine can, and counts. `progress` hears how much of the time has passed. */
export function drawCrowd({ crowd, forMs, joinedMs }: Drawn, progress: (share: number) => void): Tally {
  const tally = new Tally(forMs, joinedMs);
  const cast = castOf(crowd);
  const counted: typeof cast = {
    ...cast,
    player(journey, atMs) {
      tally.arrived(atMs ?? 0);
      return cast.player(journey, atMs);
    },
  };
  let moves = 0;
  for (const { atMs, player, leaves } of decisions(counted, usefulService)) {
    if (atMs >= forMs) break;
    if (leaves) tally.left(player, atMs);
    else tally.moved(player, atMs);
    moves += 1;
    if (moves % movesPerReport === 0) progress(atMs / forMs);
  }
  return tally;
}
