import type { ChainStyle } from './chain.ts';
import { courseOf, type LifePlan } from './life-plan.ts';
import type { Persona } from './player.ts';
import { live } from './semi-markov.ts';

const glance = { spawnsRadius: 96, mapSize: 32, linkMsMin: 80, linkMsMax: 600 };

/** What the search screen offers; rarer filters come with wider radii, as players who filter soon learn. */
const styles: readonly ChainStyle[] = [
  { ...glance, radius: 128, rarityMin: '', limit: 8 },
  { ...glance, radius: 192, rarityMin: '', limit: 8 },
  { ...glance, radius: 256, rarityMin: 'common', limit: 8 },
  { ...glance, radius: 256, rarityMin: 'uncommon', limit: 12 },
];

/** Dense on purpose: a real player of the founding story asked 0.21 times a second, this one about 0.7. */
const plan: LifePlan = {
  enter: { to: 'hunting', weight: 1, hold: { law: 'weibull', meanMs: 3000 }, feet: { go: 'rest' } },
  states: {
    hunting: {
      act: { does: 'chain', styles },
      ways: [
        { to: 'hunting', weight: 90, hold: { law: 'weibull', meanMs: 3600 }, feet: { go: 'chest', reach: 96 } },
        { to: 'hunting', weight: 6, hold: { law: 'even', fromMs: 3000, toMs: 8000 }, feet: { go: 'portal' } },
        { to: 'hunting', weight: 4, hold: { law: 'pareto', fromMs: 3000, untilMs: 90_000 }, feet: { go: 'rest' } },
      ],
    },
  },
};

const course = courseOf(plan);

export const explorer: Persona = {
  name: 'explorer',
  description: 'Searches for treasure, looks at what guards it and at the land around it, walks there and thinks.',
  behave: (player) => live(player, course),
  plan,
  patienceMs: 3000,
  retries: { retriesMax: 2, baseMs: 150, capMs: 1000, quitPerMille: 40 },
};
