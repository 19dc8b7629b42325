import fc from 'fast-check';
import { expect, test } from 'vitest';
import { encodeRequest } from './connection.ts';
import { ProtocolError, RequestParser } from './request-parser.ts';

const limits = { bulkBytesMax: 1000, wordsMax: 20, heldBytesMax: 5000 };
const anyByte = fc.integer({ min: 0, max: 255 }).map((code) => String.fromCharCode(code));
const word = fc.array(anyByte, { maxLength: 40 }).map((bytes) => bytes.join(''));
const requests = fc.array(fc.array(word, { minLength: 1, maxLength: 8 }), { minLength: 1, maxLength: 6 });

function trustedParser(): RequestParser {
  const parser = new RequestParser(limits);
  parser.trusted = true;
  return parser;
}

function readAll(parser: RequestParser): string[][] {
  const read: string[][] = [];
  for (let words = parser.next(); words !== null; words = parser.next()) read.push(words);
  return read;
}

test('requests come out as they went in, however the stream was cut', () => {
  fc.assert(
    fc.property(requests, fc.infiniteStream(fc.integer({ min: 1, max: 30 })), (sent, cuts) => {
      const bytes = Buffer.from(sent.map(encodeRequest).join(''), 'latin1');
      const parser = trustedParser();
      const read: string[][] = [];
      for (let at = 0; at < bytes.length; ) {
        const next = at + cuts.next().value;
        parser.feed(bytes.subarray(at, next));
        read.push(...readAll(parser));
        at = next;
      }
      expect(read).toEqual(sent);
      expect(parser.heldBytes).toBe(0);
    }),
  );
});

test('a stream of empty lines and empty arrays does not deepen the stack', () => {
  const parser = trustedParser();
  parser.feed(Buffer.from(`${'\n*0\r\n'.repeat(200_000)}PING\n`));
  expect(parser.next()).toEqual(['PING']);
});

test('what is held before a request is complete stays within its limit', () => {
  const parser = trustedParser();
  const feedForEver = (): void => {
    for (let fed = 0; fed < 100; fed++) {
      parser.feed(Buffer.from(`${fed === 0 ? '*20\r\n' : ''}$900\r\n${'x'.repeat(900)}\r\n`));
      readAll(parser);
      expect(parser.heldBytes).toBeLessThan(limits.heldBytesMax + limits.bulkBytesMax);
    }
  };
  expect(feedForEver).toThrow(ProtocolError);
});

test('a megabyte in single bytes is copied a few times, not a million times', () => {
  const parser = new RequestParser({ ...limits, bulkBytesMax: 2_000_000, heldBytesMax: 2_000_000 });
  parser.trusted = true;
  const bytes = Buffer.from(encodeRequest(['x'.repeat(300_000)]), 'latin1');
  let read: string[] | null = null;
  for (let at = 0; at < bytes.length; at++) {
    parser.feed(bytes.subarray(at, at + 1));
    read ??= parser.next();
  }
  expect(read?.[0]?.length).toBe(300_000);
});
