import type { ChainStyle } from './chain.ts';
import { courseOf, type LifePlan } from './life-plan.ts';
import type { Persona } from './player.ts';
import { live } from './semi-markov.ts';

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

/**
 * Create, search, destroy, in quick succession: in Diablo II Resurrected such players broke a service that was sized by how people
 * played in 2001. A cycle takes about a second; after some of them the game is thrown away for a new one, at the same good spot.
 */
const plan: LifePlan = {
  enter: { to: 'farming', weight: 1, hold: { law: 'weibull', meanMs: 700 }, feet: { go: 'rest' } },
  states: {
    farming: {
      act: { does: 'chain', styles: [style] },
      ways: [
        { to: 'farming', weight: 94, hold: { law: 'weibull', meanMs: 640 }, feet: { go: 'home', reach: 48 } },
        { to: 'farming', weight: 5, hold: { law: 'even', fromMs: 800, toMs: 2500 }, feet: { go: 'out' } },
        { to: 'farming', weight: 1, hold: { law: 'even', fromMs: 3000, toMs: 8000 }, feet: { go: 'portal' } },
      ],
    },
  },
};

const course = courseOf(plan);

export const farmer: Persona = {
  name: 'farmer',
  description: 'Hammers chains in quick succession around one good spot, and throws the game away for a new one.',
  behave: (player) => live(player, course),
  plan,
  patienceMs: 2000,
  retries: { retriesMax: 3, baseMs: 80, capMs: 600, quitPerMille: 15 },
};
