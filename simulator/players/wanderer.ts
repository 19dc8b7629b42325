import { courseOf, type LifePlan, type Way } from './life-plan.ts';
import type { Persona } from './player.ts';
import { live } from './semi-markov.ts';

/** One leg of a stroll around home. */
const leg = { hold: { law: 'weibull', meanMs: 3800 }, feet: { go: 'home', reach: 200 } } as const;

/** Six legs of nine end with nothing to ask for, two with a search, one with a look at the map; now and then it moves house. */
const ways: readonly Way[] = [
  { to: 'strolling', weight: 60, ...leg },
  { to: 'searching', weight: 20, ...leg },
  { to: 'looking', weight: 10, ...leg },
  { to: 'looking', weight: 2, hold: { law: 'even', fromMs: 4000, toMs: 12_000 }, feet: { go: 'portal' } },
  { to: 'strolling', weight: 1, hold: { law: 'pareto', fromMs: 5000, untilMs: 90_000 }, feet: { go: 'rest' } },
];

const plan: LifePlan = {
  enter: { to: 'looking', weight: 1, hold: { law: 'weibull', meanMs: 3000 }, feet: { go: 'rest' } },
  states: {
    strolling: { act: { does: 'nothing' }, ways },
    searching: { act: { does: 'search', settings: [{ radius: 128, rarityMin: '', limit: 5 }] }, ways },
    looking: { act: { does: 'map', sizes: [64] }, ways },
  },
};

const course = courseOf(plan);

export const wanderer: Persona = {
  name: 'wanderer',
  description: 'Mostly walks around its home; now and then one search, or a look at the map.',
  behave: (player) => live(player, course),
  plan,
  patienceMs: 4000,
  retries: { retriesMax: 1, baseMs: 400, capMs: 2000, quitPerMille: 60 },
};
