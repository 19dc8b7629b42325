import { chance } from '../../core/random.ts';
import { biomeMapAt, pause, searchTreasures } from './move.ts';
import type { Ask, Life, Persona, Player } from './player.ts';
import { quits } from './retry.ts';
import { residualThinkMs, thinkMs } from './think-time.ts';
import { somewhereNear, walkTowards } from './walk.ts';

/** Assumed: one leg of a stroll. */
const legMsMean = 4000;

/** Legs out of nine after which the wanderer looks for treasure, or at the map. */
const searchesOfNine = 2;
const mapsOfNine = 1;

export const wanderer: Persona = {
  name: 'wanderer',
  description: 'Mostly walks around its home; now and then one search, or a look at the map.',
  behave: wander,
  patienceMs: 4000,
  retries: { retriesMax: 1, baseMs: 400, capMs: 2000, quitPerMille: 60 },
};

function* wander(player: Player): Life {
  const home = { x: player.x, y: player.y, z: player.z };
  yield pause(player, residualThinkMs(player.random, legMsMean));
  for (;;) {
    yield* walkTowards(player, somewhereNear(player, home, 200), thinkMs(player.random, legMsMean));
    const content = yield* lookAround(player);
    if (!content && quits(player)) return;
  }
}

/** True where there was nothing to ask for, or the answer was of use. */
function* lookAround(player: Player): Generator<Ask, boolean, void> {
  if (chance(player.random, searchesOfNine, 9)) {
    return (yield* searchTreasures(player, { radius: 128, rarityMin: '', limit: 5 }, 0)) !== null;
  }
  if (chance(player.random, mapsOfNine, 9 - searchesOfNine)) {
    return yield* biomeMapAt(player, player, 64, 0);
  }
  return true;
}
