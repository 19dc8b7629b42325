import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readPlainHead } from './head.ts';
import { KnownHeads } from './known-head.ts';

const post = (target: string, id: string, length: string, budget: string): string =>
  `POST ${target} HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\nX-Request-Id: ${id}\r\nx-budget-ms:${budget}\r\ncontent-length: ${length}\r\n\r\n`;
const get = (target: string, id: string, further = ''): string =>
  `GET ${target} HTTP/1.1\r\nhost: x\r\naccept: */*\r\nx-request-id: ${id} \r\ntraceparent: 00-1\r\n${further}\r\n`;

function after(...seen: readonly string[]): KnownHeads {
  const heads = new KnownHeads();
  for (const text of seen) heads.read(Buffer.from(text, 'latin1'), text.length);
  return heads;
}

describe('a head like the one before', () => {
  test('is recognised, with its own target and values, and the body begins behind it', () => {
    const heads = after(post('/v1/treasures/search', 'r-1', '508', '40'));
    const text = post('/other?a=b', 'r-2222', '17', '7');
    expect(heads.recognise(Buffer.from(`${text}{"a":1}`))).toEqual(readPlainHead(text));
    expect(heads.bodyAt).toBe(text.length);
  });

  test('is told by the method', () => {
    const heads = after(post('/a', 'r', '1', '1'));
    expect(heads.recognise(Buffer.from(get('/a', 'r')))).toBeNull();
    heads.read(Buffer.from(get('/a', 'r')), get('/a', 'r').length);
    // Only one in so many is learnt, so that clients who differ cost no more than a look.
    expect(heads.recognise(Buffer.from(get('/a', 'r')))).toBeNull();
  });

  test('is not recognised before all of it is there', () => {
    const text = post('/a', 'r-1', '508', '40');
    const heads = after(text);
    for (let length = 0; length < text.length; length++) expect(heads.recognise(Buffer.from(text.slice(0, length)))).toBeNull();
  });
});

// Whoever gets a head past this that the full reading would refuse, or read in another way, smuggles a request.
describe('what is recognised is what is read in full', () => {
  const known = fc.oneof(
    fc
      .tuple(fc.constantFrom('/a', '/v1/spawns?near=1'), fc.constantFrom('r', 'r-1'), fc.constantFrom('0', '1', '508'))
      .map(([target, id, length]) => post(target, id, length, '40')),
    fc
      .tuple(fc.constantFrom('/a', '/b?c'), fc.constantFrom('r', 'r-1'), fc.constantFrom('', 'content-length: 0\r\n'))
      .map(([target, id, further]) => get(target, id, further)),
  );
  const odd = fc.constantFrom(
    '',
    ' ',
    '\t',
    '\r',
    '\n',
    '\r\n',
    '\0',
    ':',
    '0',
    '9',
    '99999999',
    'é',
    '\x7f',
    'a: b\r\n',
    'content-length: 3\r\n',
  );

  test('whatever is put in, taken out or written over', () => {
    fc.assert(
      fc.property(known, fc.array(fc.tuple(fc.nat(250), fc.nat(6), odd), { maxLength: 3 }), (text, changes) => {
        const heads = after(text);
        let other = text;
        for (const [at, length, put] of changes) other = other.slice(0, at) + put + other.slice(at + length);
        const head = heads.recognise(Buffer.from(`${other}POST /next HTTP/1.1\r\n\r\n`, 'latin1'));
        const end = other.indexOf('\r\n\r\n') + 4;
        if (head !== null) expect([heads.bodyAt, head]).toEqual([end, readPlainHead(other.slice(0, end))]);
      }),
      { numRuns: 20_000 },
    );
  });

  test('whatever each of its values is', () => {
    const heads = after(post('/a', 'r', '1', '1'));
    for (const value of ['', ' ', '1 ', ' 1', '+1', '1.5', '0001', '1234567', '12345678', 'x'.repeat(70), 'a b', 'é']) {
      for (const text of [
        post(value, 'r', '1', '1'),
        post('/a', value, '1', '1'),
        post('/a', 'r', value, '1'),
        post('/a', 'r', '1', value),
      ]) {
        const head = heads.recognise(Buffer.from(text, 'latin1'));
        if (head !== null) expect(head, text).toEqual(readPlainHead(text));
      }
    }
  });
});
