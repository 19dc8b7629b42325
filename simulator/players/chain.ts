import { between } from '../../core/random.ts';
import { biomeMapAt, type Chest, chestIn, markChain, type SearchSettings, searchTreasures, spawnsNear } from './move.ts';
import type { Ask, Player } from './player.ts';
import { tryAgain } from './retry.ts';

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
  const { answer } = player;
  yield markChain(player, 'begun');
  yield searchTreasures(player, style, 0);
  if (answer.outcome !== 'ok' && !(yield* tryAgain(player))) return yield* lose(player);
  const chest = chestIn(player);
  yield spawnsNear(player, chest, style.spawnsRadius, linkMs(player, style));
  if (answer.outcome !== 'ok' && !(yield* tryAgain(player))) return yield* lose(player);
  yield biomeMapAt(player, chest, style.mapSize, linkMs(player, style));
  if (answer.outcome !== 'ok' && !(yield* tryAgain(player))) return yield* lose(player);
  player.setbacks = 0;
  yield markChain(player, 'useful');
  return chest;
}

/** The time from an answer to the next link, ms. */
export function linkMs(player: Player, style: ChainStyle): number {
  return between(player.random, style.linkMsMin, style.linkMsMax);
}

function* lose(player: Player): Generator<Ask, null, void> {
  yield markChain(player, 'lost');
  return null;
}
