import { pick } from '../../core/random.ts';
import type { ChainStyle } from './chain.ts';
import { hostileTemplates } from './hostile-bodies.ts';
import { courseOf, type LifePlan } from './life-plan.ts';
import { edge, height, type Place } from './place.ts';
import type { Life, Persona, Player } from './player.ts';
import { live } from './semi-markov.ts';

/** The least and the most that the API allows, where it still owes a useful answer: a radius of one block finds nothing, rightly. */
const styles: readonly ChainStyle[] = [
  { radius: 512, rarityMin: '', limit: 20, spawnsRadius: 256, mapSize: 64, linkMsMin: 0, linkMsMax: 50 },
  { radius: 512, rarityMin: 'rare', limit: 1, spawnsRadius: 1, mapSize: 8, linkMsMin: 0, linkMsMax: 50 },
  { radius: 128, rarityMin: '', limit: 1, spawnsRadius: 256, mapSize: 64, linkMsMin: 0, linkMsMax: 950 },
];

/** Corners, edges, the bottom and the sky. */
const places: readonly Place[] = [
  { x: edge.min, y: height.min, z: edge.min },
  { x: edge.max, y: height.max, z: edge.max },
  { x: edge.min, y: height.max, z: edge.max },
  { x: edge.max, y: height.min, z: edge.min },
  { x: 0, y: 0, z: 0 },
  { x: -1, y: -1, z: -1 },
  { x: 0, y: height.max, z: edge.min },
];

const plan: LifePlan = {
  enter: { to: 'probing', weight: 1, hold: { law: 'even', fromMs: 0, toMs: 2000 }, feet: { go: 'rest' } },
  states: {
    probing: {
      act: { does: 'chain', styles },
      ways: [
        { to: 'probing', weight: 3, hold: { law: 'weibull', meanMs: 1500 }, feet: { go: 'home', reach: 512 } },
        { to: 'mapping', weight: 1, hold: { law: 'fixed', ms: 0 }, feet: { go: 'rest' } },
      ],
    },
    mapping: {
      act: { does: 'map', sizes: [8, 63, 64] },
      ways: [{ to: 'probing', weight: 1, hold: { law: 'weibull', meanMs: 1500 }, feet: { go: 'rest' } }],
    },
  },
};

const course = courseOf(plan);

export const hostile: Persona = {
  name: 'hostile',
  description: 'Says only what the API allows, and all of that: corners of the world, widest circles, the longest and strangest bodies.',
  behave: probe,
  plan,
  patienceMs: 5000,
  retries: { retriesMax: 1, baseMs: 100, capMs: 500, quitPerMille: 20 },
  get templates() {
    return hostileTemplates();
  },
};

/** Lives in a corner of the world, under ids as long as may be. */
function probe(player: Player): Life {
  Object.assign(player, pick(player.random, places));
  player.sessionId = `${player.sessionId}-`.padEnd(64, 'x');
  return live(player, course);
}
