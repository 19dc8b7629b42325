import { type Crowd, createPlayer } from '../../simulator/crowd/crowd.ts';
import { type Cast, castOf } from '../../simulator/engine/cast.ts';
import { buildPool } from '../../simulator/payloads/pool.ts';
import type { Persona } from '../../simulator/players/player.ts';

/** One of several processes that share a crowd: it plays the journeys whose number leaves `index` when divided by `of`. */
export type Shard = { index: number; of: number };

export type BenchCrowd = { seed: number; players: number; joinMs: number; persona: Persona; world: string | null; shard: Shard };

const poolSize = 1000;

/** The crowd, bodies and judge that a rehearsal plays with; only who lives how, and where, is the bench's own. */
export function benchCast({ seed, players, joinMs, persona, world, shard }: BenchCrowd): Cast {
  const crowd: Crowd = { seed, players, mix: { explorer: 1 }, joinMs };
  const whole = castOf(crowd, buildPool(seed, poolSize));
  const journeyOf = (slot: number) => slot * shard.of + shard.index;
  return {
    ...whole,
    players: shareOf(players, shard),
    player: (slot) => Object.assign(createPlayer(crowd, journeyOf(slot)), { persona, ...(world === null ? {} : { world }) }),
    arrivalMs: (slot) => whole.arrivalMs(journeyOf(slot)),
  };
}

/** How many of the players fall to this shard. */
export function shareOf(players: number, { index, of }: Shard): number {
  return Math.ceil((players - index) / of);
}
