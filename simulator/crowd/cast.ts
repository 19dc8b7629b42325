import { wholeCrowd } from '../../core/arrivals.ts';
import type { Cast } from '../players/replay.ts';
import { arrivalsOf } from './arrivals.ts';
import { type Crowd, createPlayer } from './crowd.ts';

/** A crowd as whoever plays it wants to see it: who comes when, and who that is. */
export function castOf(crowd: Crowd): Cast {
  return {
    arrivals: () => arrivalsOf(crowd, wholeCrowd),
    player: (journey, atMs) => createPlayer(crowd, journey, atMs),
  };
}
