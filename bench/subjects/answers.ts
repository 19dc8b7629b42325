import { judgeReply } from '../../simulator/engine/judge-reply.ts';
import { blankAnswer, blankAsk } from '../../simulator/players/blank.ts';
import type { Ask } from '../../simulator/players/player.ts';
import { AnswerParser } from '../../simulator/transports/answer-parser.ts';
import { readBuffer } from '../../simulator/transports/read-memory.ts';
import { Reply } from '../../simulator/transports/reply.ts';
import { biomeAnswer, chest, fullChest, mapSize, searchAnswer, spawnsAnswer, world } from '../server/answers.ts';
import type { Subject } from './subject.ts';

const encoder = new TextEncoder();

/** An answer judged for what it means, where it lies: looked through, found of use. */
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
      const reply = new Reply();
      return (times) => {
        readBuffer.set(encoder.encode(body));
        reply.answered(200, readBuffer, 0, body.length);
        for (let n = 0; n < times; n++) judgeReply(ask, reply, answer);
        if (answer.outcome !== 'ok') throw new RangeError(`The answer was ${answer.outcome}.`);
      };
    },
  };
}

/** A whole answer as nginx writes it, from its status line to the last byte of its body. */
export const parser: Subject = {
  name: 'parser: answers read',
  unit: 'an answer of about 1,100 bytes',
  prepare() {
    const body = searchAnswer(fullChest);
    const head = ['HTTP/1.1 200 OK', 'Server: nginx/1.22.1', 'Date: Thu, 26 Nov 2026 21:00:00 GMT', 'Content-Type: application/json'];
    const answer = encoder.encode([...head, `Content-Length: ${body.length}`, 'Connection: keep-alive', '', body].join('\r\n'));
    const reader = new AnswerParser();
    return (times) => {
      for (let n = 0; n < times; n++) {
        reader.begin();
        if (reader.read(answer, 0, answer.length) !== 'complete') throw new RangeError('The answer was not read to its end.');
      }
    };
  },
};
