import { inside, insideHeight, type Place } from './place.ts';
import type { Ask, Player, RarityMin } from './player.ts';

/** A treasure that a search found: where the rest of the chain goes. */
export type Chest = Place & { treasureId: string };

/** What a player has set on the search screen. */
export type SearchSettings = { radius: number; rarityMin: RarityMin; limit: number };

/** The moves that there are. Each fills the player's ask, moves its clock on, and is to be yielded. */

/** Asks for treasures around the player. */
export function searchTreasures(player: Player, settings: SearchSettings, gapMs: number): Ask {
  player.ask.kind = 'search';
  player.ask.rarityMin = settings.rarityMin;
  player.ask.limit = settings.limit;
  return aim(player, player, settings.radius, gapMs);
}

/** Asks who guards that treasure. */
export function spawnsNear(player: Player, chest: Chest, radius: number, gapMs: number): Ask {
  player.ask.kind = 'spawns';
  aim(player, chest, radius, gapMs);
  player.ask.treasureId = chest.treasureId;
  return player.ask;
}

/** Asks for the map of the land around a place, `size` blocks a side. */
export function biomeMapAt(player: Player, place: Place, size: number, gapMs: number): Ask {
  player.ask.kind = 'biome';
  return aim(player, place, size, gapMs);
}

/** Does nothing for a while. */
export function pause(player: Player, forMs: number): Ask {
  return rest(player, 'pause', forMs);
}

/** Closes the game at once, and is back after a while with a new session. */
export function relaunch(player: Player, awayMs: number): Ask {
  return rest(player, 'relaunch', awayMs);
}

/** Says that a chain begins here, or how it ended. */
export function markChain(player: Player, chain: Ask['chain']): Ask {
  player.ask.chain = chain;
  return rest(player, 'chain', 0);
}

/** The chest of a search that was of use. */
export function chestIn({ answer }: Player): Chest {
  return { treasureId: answer.treasureId, x: answer.x, y: answer.y, z: answer.z };
}

function rest(player: Player, kind: Ask['kind'], forMs: number): Ask {
  const { ask } = player;
  ask.kind = kind;
  ask.gapMs = forMs;
  ask.attempt = 0;
  player.clockMs += forMs;
  return ask;
}

function aim(player: Player, place: Place, size: number, gapMs: number): Ask {
  const { ask } = player;
  ask.world = player.world;
  ask.x = inside(place.x);
  ask.y = insideHeight(place.y);
  ask.z = inside(place.z);
  ask.size = size;
  ask.treasureId = '';
  ask.patienceMs = player.persona.patienceMs;
  ask.gapMs = gapMs;
  ask.attempt = 0;
  player.clockMs += gapMs;
  return ask;
}
