import fc from 'fast-check';
import { expect, test } from 'vitest';
import { AnswerHead } from './answer-head.ts';
import { AnswerParser } from './answer-parser.ts';
import { answersInPieces } from './fixtures/answers.ts';
import { ourVerdict } from './fixtures/same-verdict.ts';
import { KnownHead } from './known-head.ts';

const head = (length: string, rest = '') => `HTTP/1.1 200 OK\r\ndate: Mon\r\ncontent-length: ${length}\r\n${rest}\r\n`;

test('an answer means the same whatever answers were read before: the one before is the same, or differs in a few bytes', () => {
  const changes = fc.array(fc.tuple(fc.nat(999), fc.constantFrom(...'0179\r\n :;ax-\u0000\u00ff')), { maxLength: 3 });
  fc.assert(
    fc.property(answersInPieces(), changes, answersInPieces(), (pieces, changed, other) => {
      const known = new KnownHead();
      const before = Buffer.concat(pieces);
      const changedOne = Buffer.from(before);
      for (const [perMille, to] of changed) changedOne[Math.floor((before.length * perMille) / 1000)] = to.charCodeAt(0);
      for (const answer of [[before], [changedOne], pieces, other, [before]]) {
        expect(ourVerdict(answer, new AnswerParser(known)).verdict).toEqual(ourVerdict(answer).verdict);
      }
    }),
    { numRuns: 4000 },
  );
}, 60_000);

test('a head is known when it comes again, with a body of any length', () => {
  const known = new KnownHead();
  readOne(known, `${head('4')}loot`);
  for (const [length, bodyAt] of [
    ['4', head('4').length],
    ['1048576', head('1048576').length],
    ['0', head('0').length],
  ] as const) {
    expect(bodyAtOf(known, `${head(length)}loot`)).toBe(bodyAt);
    expect(known.head.contentLength).toBe(Number(length));
  }
});

test.each([
  ['one byte less of it', head('4').slice(0, -1)],
  ['another day', head('4').replace('Mon', 'Tue')],
  ['another header behind the length', head('4', 'x: y\r\n')],
  ['no digits', head('')],
  ['something else among the digits', head('1a')],
  ['more digits than any body has', head('00000000000004')],
  ['nothing', ''],
])('%s is for the parser', (_what, text) => {
  const known = new KnownHead();
  readOne(known, `${head('4')}loot`);
  expect(bodyAtOf(known, text)).toBe(-1);
});

test('where every answer has a head of its own, few of them are kept', () => {
  const known = new KnownHead();
  let kept = 0;
  for (let turn = 0; turn < 640; turn++) {
    const text = head('4', `x-request-id: ${turn}\r\n`);
    readOne(known, `${text}loot`);
    if (bodyAtOf(known, text) > 0) kept += 1;
  }
  // Each look above finds the one that was kept last, and makes the next one be kept.
  expect(kept).toBe(640);
  const quiet = new KnownHead();
  for (let turn = 0; turn < 640; turn++) readOne(quiet, `${head('4', `x-request-id: ${turn}\r\n`)}loot`);
  expect(bodyAtOf(quiet, head('4', 'x-request-id: 639\r\n'))).toBe(-1);
  expect(bodyAtOf(quiet, head('4', 'x-request-id: 576\r\n'))).toBeGreaterThan(0);
});

test('heads that do not say how long the body is are read anew each time', () => {
  const known = new KnownHead();
  readOne(known, 'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n4\r\nloot\r\n0\r\n\r\n');
  expect(bodyAtOf(known, 'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n')).toBe(-1);
  expect(known.head).toEqual(new AnswerHead());
});

function readOne(known: KnownHead, text: string): void {
  const bytes = Buffer.from(text, 'latin1');
  expect(new AnswerParser(known).read(bytes, 0, bytes.length)).toBe('complete');
}

function bodyAtOf(known: KnownHead, text: string): number {
  const bytes = Buffer.from(text, 'latin1');
  return known.bodyAt(bytes, 0, bytes.length);
}
