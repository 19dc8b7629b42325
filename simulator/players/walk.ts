import { between } from '../../core/random.ts';
import { pause } from './move.ts';
import { inside, insideHeight, type Place } from './place.ts';
import type { Ask, Player, Spot } from './player.ts';

/** Assumed: a little above the sprint of the best known block game (5.6 blocks a second). */
const blocksPerSecond = 6;

/** Walks towards the goal for a while; the player is there, or as far as its feet carried it, when the pause ends. */
export function* walkTowards(player: Player, goal: Place, forMs: number): Generator<Ask, void, void> {
  yield pause(player, forMs);
  stepTowards(player, goal, forMs);
}

/** Some point at most `reach` blocks away on each axis: without a goal of its own a player roams around something. */
export function somewhereNear(player: Player, centre: Place, reach: number): Place {
  return {
    x: inside(centre.x + between(player.random, -reach, reach)),
    y: insideHeight(centre.y),
    z: inside(centre.z + between(player.random, -reach, reach)),
  };
}

/** As far as the feet carry in that time. By the longer axis: diagonals are up to 41 % faster, and every engine agrees on the result. */
export function stepTowards(player: Player, goal: Place, forMs: number): void {
  const blocks = Math.floor((blocksPerSecond * forMs) / 1000);
  const east = goal.x - player.x;
  const south = goal.z - player.z;
  const farMax = Math.max(Math.abs(east), Math.abs(south));
  if (farMax <= blocks) {
    standAt(player, goal);
    return;
  }
  player.x = inside(player.x + Math.floor((east * blocks) / farMax));
  player.z = inside(player.z + Math.floor((south * blocks) / farMax));
}

/** By portal: games carry their players over long ways. */
export function appearAt(player: Player, spot: Spot): void {
  player.world = spot.world;
  standAt(player, spot);
}

function standAt(player: Player, place: Place): void {
  player.x = inside(place.x);
  player.y = insideHeight(place.y);
  player.z = inside(place.z);
}
