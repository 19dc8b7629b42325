import { between } from '../../core/random.ts';
import { pause } from './move.ts';
import { inside, insideHeight, type Place } from './place.ts';
import type { Ask, Player } from './player.ts';

/** Assumed: a little above the sprint of the best known block game (5.6 blocks a second). */
const blocksPerSecond = 6;

/** Walks towards the goal for a while; the player is there, or as far as its feet carried it, when the pause ends. */
export function* walkTowards(player: Player, goal: Place, forMs: number): Generator<Ask, void, void> {
  yield pause(player, forMs);
  stepTowards(player, goal, Math.floor((blocksPerSecond * forMs) / 1000));
}

/** Some point at most `reach` blocks away on each axis: without a goal of its own a player roams around something. */
export function somewhereNear(player: Player, centre: Place, reach: number): Place {
  return {
    x: inside(centre.x + between(player.random, -reach, reach)),
    y: insideHeight(centre.y),
    z: inside(centre.z + between(player.random, -reach, reach)),
  };
}

/** Distance by the longer axis: diagonals are up to 41 % faster, and every engine agrees on the result. */
function stepTowards(player: Player, goal: Place, blocks: number): void {
  const east = goal.x - player.x;
  const south = goal.z - player.z;
  const farMax = Math.max(Math.abs(east), Math.abs(south));
  if (farMax <= blocks) {
    player.x = inside(goal.x);
    player.z = inside(goal.z);
    player.y = insideHeight(goal.y);
    return;
  }
  player.x = inside(player.x + Math.floor((east * blocks) / farMax));
  player.z = inside(player.z + Math.floor((south * blocks) / farMax));
}
