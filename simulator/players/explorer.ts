import { pick } from '../../core/random.ts';
import { type ChainStyle, playChain } from './chain.ts';
import { pause } from './move.ts';
import type { Life, Persona, Player } from './player.ts';
import { quits } from './retry.ts';
import { residualThinkMs, thinkMs } from './think-time.ts';
import { somewhereNear, walkTowards } from './walk.ts';

/** Assumed, and dense on purpose: a real player of the founding story asked 0.21 times a second, this one about 0.7. */
const thinkMsMean = 3800;

const glance = { spawnsRadius: 96, mapSize: 32, linkMsMin: 80, linkMsMax: 600 };

/** What the search screen offers; rarer filters come with wider radii, as players who filter soon learn. */
const styles: readonly ChainStyle[] = [
  { ...glance, radius: 128, rarityMin: '', limit: 8 },
  { ...glance, radius: 192, rarityMin: '', limit: 8 },
  { ...glance, radius: 256, rarityMin: 'common', limit: 8 },
  { ...glance, radius: 256, rarityMin: 'uncommon', limit: 12 },
];

export const explorer: Persona = {
  name: 'explorer',
  description: 'Searches for treasure, looks at what guards it and at the land around it, walks there and thinks.',
  behave: explore,
  patienceMs: 3000,
  retries: { retriesMax: 2, baseMs: 150, capMs: 1000, quitPerMille: 40 },
};

function* explore(player: Player): Life {
  yield pause(player, residualThinkMs(player.random, thinkMsMean));
  for (;;) {
    const chest = yield* playChain(player, pick(player.random, styles));
    if (chest === null && quits(player)) return;
    const goal = somewhereNear(player, chest ?? player, 96);
    yield* walkTowards(player, goal, thinkMs(player.random, thinkMsMean));
  }
}
