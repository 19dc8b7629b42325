import { courseOf, type LifePlan } from './life-plan.ts';
import type { Persona } from './player.ts';
import { live } from './semi-markov.ts';

/**
 * Players of Helldivers 2 stayed logged in overnight to keep their place. A sign of life about once a minute, well before a
 * connection is closed for being idle (the reference service: after two minutes).
 */
const plan: LifePlan = {
  enter: { to: 'parked', weight: 1, hold: { law: 'even', fromMs: 1000, toMs: 5000 }, feet: { go: 'rest' } },
  states: {
    parked: {
      act: { does: 'map', sizes: [8] },
      ways: [
        {
          to: 'parked',
          weight: 1,
          hold: { law: 'even', fromMs: 45_000, toMs: 90_000, source: 'parked players: Helldivers 2, 2024; the interval is assumed' },
          feet: { go: 'rest' },
        },
      ],
    },
  },
};

const course = courseOf(plan);

export const squatter: Persona = {
  name: 'squatter',
  description: 'Stays logged in to keep its place, does next to nothing, and comes back at once when it is thrown out.',
  behave: (player) => live(player, course),
  plan,
  patienceMs: 10_000,
  retries: { retriesMax: 0, baseMs: 0, capMs: 0, quitPerMille: 1 },
  retryMix: { squatter: 1 },
};
