import { type ChainStyle, playChain } from './chain.ts';
import { pause } from './move.ts';
import type { Life, Persona, Player } from './player.ts';
import { quits } from './retry.ts';
import { residualThinkMs, thinkMs } from './think-time.ts';
import { somewhereNear, walkTowards } from './walk.ts';

/** Assumed: with two short links a cycle takes about a second. */
const thinkMsMean = 700;

/** Nothing but loot worth the bag, as wide as the screen goes, answered by reflex. */
const style: ChainStyle = {
  radius: 384,
  rarityMin: 'rare',
  limit: 20,
  spawnsRadius: 64,
  mapSize: 16,
  linkMsMin: 80,
  linkMsMax: 250,
};

export const farmer: Persona = {
  name: 'farmer',
  description: 'Hammers chains in quick succession around one good spot, the way no synthetic test does.',
  behave: farm,
  patienceMs: 2000,
  retries: { retriesMax: 3, baseMs: 80, capMs: 600, quitPerMille: 15 },
};

function* farm(player: Player): Life {
  const spot = { x: player.x, y: player.y, z: player.z };
  yield pause(player, residualThinkMs(player.random, thinkMsMean));
  for (;;) {
    const chest = yield* playChain(player, style);
    if (chest === null && quits(player)) return;
    yield* walkTowards(player, somewhereNear(player, spot, 48), thinkMs(player.random, thinkMsMean));
  }
}
