import { blankAnswer, blankAsk } from '../../simulator/players/blank.ts';
import { judge } from '../../simulator/players/judge.ts';
import type { Ask } from '../../simulator/players/player.ts';
import { biomeAnswer, chest, fullChest, mapSize, searchAnswer, spawnsAnswer, world } from '../server/answers.ts';
import type { Subject } from './subject.ts';

/** An answer judged for what it means: parsed, looked through, found of use. */
export const judgements: readonly Subject[] = [
  judgementOf('search', { kind: 'search' }, searchAnswer(fullChest)),
  judgementOf('spawns', { kind: 'spawns', treasureId: chest.id }, spawnsAnswer()),
  judgementOf('biome', { kind: 'biome', world, x: chest.x, z: chest.z, size: mapSize }, biomeAnswer()),
];

function judgementOf(name: string, asked: Partial<Ask>, body: string): Subject {
  return {
    name: `judge: ${name} answers`,
    unit: `an answer of ${body.length} bytes`,
    prepare() {
      const ask: Ask = { ...blankAsk(), ...asked };
      const answer = blankAnswer();
      return (times) => {
        for (let n = 0; n < times; n++) judge(ask, 200, body, answer);
        if (answer.outcome !== 'ok') throw new RangeError(`The answer was ${answer.outcome}.`);
      };
    },
  };
}
