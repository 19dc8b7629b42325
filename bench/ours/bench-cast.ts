import type { Shard } from '../../core/arrivals.ts';
import { type Crowd, createPlayer } from '../../simulator/crowd/crowd.ts';
import { type Cast, castOf } from '../../simulator/engine/cast.ts';
import type { Persona } from '../../simulator/players/player.ts';
import type { BodyTemplate } from '../../simulator/players/request.ts';

export type BenchCrowd = {
  seed: number;
  players: number;
  joinMs: number;
  persona: Persona;
  world: string | null;
  shard: Shard;
  pool: readonly BodyTemplate[];
};

/** The crowd, bodies and judge that a rehearsal plays with; only who lives how, and where, is the bench's own. */
export function benchCast({ seed, players, joinMs, persona, world, shard, pool }: BenchCrowd): Cast {
  const crowd: Crowd = { seed, players, mix: { explorer: 1 }, joinMs };
  const whole = castOf(crowd, { pool, shard });
  return {
    ...whole,
    player: (journey) => Object.assign(createPlayer(crowd, journey), { persona, ...(world === null ? {} : { world }) }),
  };
}
