import { between } from '../../core/random.ts';
import { biomeMapAt, type Chest, markChain, type SearchSettings, searchTreasures, spawnsNear } from './move.ts';
import type { Ask, Player } from './player.ts';

/** How somebody plays a chain: what is searched, how much is looked at around the chest, and how fast. */
export type ChainStyle = SearchSettings & {
  spawnsRadius: number;
  mapSize: number;
  /** The time from an answer to the next link, drawn evenly, both included. Assumed: a glance, a click. */
  linkMsMin: number;
  linkMsMax: number;
};

/**
 * The chain that made a leaf endpoint the hot path: treasures around the player, the spawns near the first chest, the map of
 * the land there. A link without a useful answer loses the whole chain. Returns the chest where all three were of use.
 */
export function* playChain(player: Player, style: ChainStyle): Generator<Ask, Chest | null, void> {
  yield markChain(player, 'begun');
  const chest = yield* searchTreasures(player, style, 0);
  const useful =
    chest !== null &&
    (yield* spawnsNear(player, chest, style.spawnsRadius, linkMs(player, style))) &&
    (yield* biomeMapAt(player, chest, style.mapSize, linkMs(player, style)));
  yield markChain(player, useful ? 'useful' : 'lost');
  return useful ? chest : null;
}

function linkMs(player: Player, style: ChainStyle): number {
  return between(player.random, style.linkMsMin, style.linkMsMax);
}
