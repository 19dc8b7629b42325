import { inside, insideHeight, type Place } from './place.ts';
import type { Ask, Player, RarityMin } from './player.ts';
import { persist } from './retry.ts';

/** A treasure that a search found: where the rest of the chain goes. */
export type Chest = Place & { treasureId: string };

/** What a player has set on the search screen. */
export type SearchSettings = { radius: number; rarityMin: RarityMin; limit: number };

/** Asks for treasures around the player. The nearest one, or null where no answer was of use. */
export function* searchTreasures(player: Player, settings: SearchSettings, gapMs: number): Generator<Ask, Chest | null, void> {
  const { ask, answer } = player;
  aim(player, 'search', player, settings.radius);
  ask.rarityMin = settings.rarityMin;
  ask.limit = settings.limit;
  if (!(yield* persist(player, gapMs))) return null;
  return { treasureId: answer.treasureId, x: answer.x, y: answer.y, z: answer.z };
}

/** Asks who guards that treasure. True where the answer was of use. */
export function spawnsNear(player: Player, chest: Chest, radius: number, gapMs: number): Generator<Ask, boolean, void> {
  aim(player, 'spawns', chest, radius);
  player.ask.treasureId = chest.treasureId;
  return persist(player, gapMs);
}

/** Asks for the map of the land around a place, `size` blocks a side. True where the answer was of use. */
export function biomeMapAt(player: Player, place: Place, size: number, gapMs: number): Generator<Ask, boolean, void> {
  aim(player, 'biome', place, size);
  return persist(player, gapMs);
}

/** Does nothing for a while. */
export function pause(player: Player, forMs: number): Ask {
  const { ask } = player;
  ask.kind = 'pause';
  ask.gapMs = forMs;
  ask.attempt = 0;
  return ask;
}

/** Says that a chain begins here, or how it ended. */
export function markChain(player: Player, chain: Ask['chain']): Ask {
  const { ask } = player;
  ask.kind = 'chain';
  ask.chain = chain;
  ask.gapMs = 0;
  ask.attempt = 0;
  return ask;
}

function aim(player: Player, kind: Ask['kind'], place: Place, size: number): void {
  const { ask } = player;
  ask.kind = kind;
  ask.world = player.world;
  ask.x = inside(place.x);
  ask.y = insideHeight(place.y);
  ask.z = inside(place.z);
  ask.size = size;
  ask.treasureId = '';
}
