import { pick } from '../../core/random.ts';
import { courseOf, type LifePlan } from './life-plan.ts';
import type { Place } from './place.ts';
import type { Life, Persona, Player } from './player.ts';
import type { BodyTemplate } from './request.ts';
import { live } from './semi-markov.ts';

/** One search a second and nothing else: 400 of these are 400 requests a second, as in the founding story's staging. */
const plan: LifePlan = {
  enter: { to: 'searching', weight: 1, hold: { law: 'even', fromMs: 0, toMs: 1000 }, feet: { go: 'rest' } },
  states: {
    searching: {
      act: { does: 'search', settings: [{ radius: 128, rarityMin: '', limit: 1 }] },
      ways: [{ to: 'searching', weight: 1, hold: { law: 'fixed', ms: 1000 }, feet: { go: 'rest' } }],
    },
  },
};

/** The fields that must be there, and nothing in them. */
const members = '"build":"1","region":"eu","inventoryDigest":""';
const tinyBody: BodyTemplate = { members, bytes: members.length };

/** Somebody wrote these down once, and everybody has copied them since. */
const places: readonly Place[] = [
  { x: 100, y: 64, z: 100 },
  { x: 1000, y: 64, z: -1000 },
  { x: -2500, y: 70, z: 400 },
  { x: 0, y: 64, z: 0 },
];

/** The test accounts there are. */
const accounts = 16;

const course = courseOf(plan);

export const synthetic: Persona = {
  name: 'synthetic',
  description: 'Not a player but a load test of the usual kind: single searches, tiny bodies, a few places, a few accounts.',
  behave: repeatOneself,
  plan,
  patienceMs: 5000,
  retries: { retriesMax: 0, baseMs: 0, capMs: 0, quitPerMille: 0 },
  retryMix: { backoff: 1 },
  templates: [tinyBody],
};

function repeatOneself(player: Player): Life {
  Object.assign(player, pick(player.random, places));
  player.world = 'verdania';
  player.sessionId = `test-${player.journey % accounts}`;
  return live(player, course);
}
