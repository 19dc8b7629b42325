import type { ChainStyle } from './chain.ts';
import { courseOf, type LifePlan } from './life-plan.ts';
import type { Persona } from './player.ts';
import { live } from './semi-markov.ts';

/** Nobody keeps the others waiting: short looks at the screen. */
const style: ChainStyle = {
  radius: 192,
  rarityMin: '',
  limit: 8,
  spawnsRadius: 96,
  mapSize: 32,
  linkMsMin: 80,
  linkMsMax: 400,
};

/** Where the party goes next, the land says (`Land.call`): all of them hear it within one stay, and are there together. */
const plan: LifePlan = {
  enter: { to: 'hunting', weight: 1, hold: { law: 'weibull', meanMs: 1500 }, feet: { go: 'rest' } },
  states: {
    hunting: {
      act: { does: 'chain', styles: [style] },
      ways: [
        { to: 'hunting', weight: 70, hold: { law: 'weibull', meanMs: 3200 }, feet: { go: 'home', reach: 48 } },
        { to: 'talking', weight: 30, hold: { law: 'weibull', meanMs: 2000 }, feet: { go: 'rest' } },
      ],
    },
    talking: {
      act: { does: 'nothing' },
      ways: [{ to: 'hunting', weight: 1, hold: { law: 'pareto', fromMs: 1500, untilMs: 60_000 }, feet: { go: 'rest' } }],
    },
  },
};

const course = courseOf(plan);

export const partyMember: Persona = {
  name: 'party-member',
  description: 'Plays with a few others: they go to the same places at the same time, and search there together.',
  behave: (player) => live(player, course),
  plan,
  patienceMs: 3000,
  retries: { retriesMax: 2, baseMs: 150, capMs: 1000, quitPerMille: 20 },
  inParties: true,
};
