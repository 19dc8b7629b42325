import { courseOf, type LifePlan } from './life-plan.ts';
import type { Persona } from './player.ts';
import { live } from './semi-markov.ts';

/** Every second, whatever happens, from where it stands: no think time, no heavy tail. */
const plan: LifePlan = {
  enter: { to: 'polling', weight: 1, hold: { law: 'fixed', ms: 1000 }, feet: { go: 'rest' } },
  states: {
    polling: {
      act: { does: 'search', settings: [{ radius: 256, rarityMin: 'uncommon', limit: 20 }] },
      ways: [
        { to: 'polling', weight: 29, hold: { law: 'fixed', ms: 1000 }, feet: { go: 'home', reach: 4 } },
        { to: 'mapping', weight: 1, hold: { law: 'fixed', ms: 1000 }, feet: { go: 'portal' } },
      ],
    },
    mapping: {
      act: { does: 'map', sizes: [64] },
      ways: [{ to: 'polling', weight: 1, hold: { law: 'fixed', ms: 1000 }, feet: { go: 'rest' } }],
    },
  },
};

const course = courseOf(plan);

export const bot: Persona = {
  name: 'bot',
  description: 'A script that searches every second, and tries again every second, for as long as it runs.',
  behave: (player) => live(player, course),
  plan,
  patienceMs: 1000,
  retries: { retriesMax: 30, baseMs: 1000, capMs: 1000, quitPerMille: 1 },
  retryMix: { fixed: 1 },
};
