import type { ChainStyle } from './chain.ts';
import { courseOf, type LifePlan } from './life-plan.ts';
import type { Persona } from './player.ts';
import { live } from './semi-markov.ts';

/** The screen as it comes, read with care. */
const style: ChainStyle = {
  radius: 128,
  rarityMin: '',
  limit: 8,
  spawnsRadius: 64,
  mapSize: 32,
  linkMsMin: 300,
  linkMsMax: 950,
};

/** A first session: a look around, a few chains, and in 1 of 12 cases after each of them it was enough. */
const plan: LifePlan = {
  enter: { to: 'looking', weight: 1, hold: { law: 'even', fromMs: 1000, toMs: 6000 }, feet: { go: 'rest' } },
  states: {
    looking: {
      act: { does: 'map', sizes: [64] },
      ways: [{ to: 'trying', weight: 1, hold: { law: 'weibull', meanMs: 5000 }, feet: { go: 'home', reach: 64 } }],
    },
    trying: {
      act: { does: 'chain', styles: [style] },
      ways: [
        { to: 'trying', weight: 8, hold: { law: 'weibull', meanMs: 4500 }, feet: { go: 'chest', reach: 64 } },
        { to: 'looking', weight: 3, hold: { law: 'weibull', meanMs: 4500 }, feet: { go: 'home', reach: 128 } },
        { to: 'gone', weight: 1, hold: { law: 'even', fromMs: 500, toMs: 5000 }, feet: { go: 'rest' } },
      ],
    },
    gone: { act: { does: 'leave' }, ways: [] },
  },
};

const course = courseOf(plan);

export const tourist: Persona = {
  name: 'tourist',
  description: 'Tries the game for a minute or two, and is lost to it at the second thing that goes wrong.',
  behave: (player) => live(player, course),
  plan,
  patienceMs: 2500,
  retries: { retriesMax: 1, baseMs: 300, capMs: 1000, quitPerMille: 500 },
  retryMix: { backoff: 50, quitter: 50 },
  passing: { meanStayMs: 92_000 },
};
