import { expect, test } from 'vitest';
import { AnswerParser, bodyBytesMax, headBytesMax, type Progress } from './answer-parser.ts';
import { takesWhatNodeTakes } from './fixtures/same-verdict.ts';

test("takes what Node's own parser takes, and rejects what that rejects: 8,000 answers, good, odd and mangled, in pieces", async () => {
  await takesWhatNodeTakes(8000);
});

test('an answer that comes whole is left where it is; chunks are joined there', () => {
  for (const answer of [
    'HTTP/1.1 200 OK\r\ncontent-length: 4\r\n\r\nloot',
    'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n1\r\nl\r\n3\r\noot\r\n0\r\n\r\n',
  ]) {
    const bytes = Buffer.from(`....${answer}`);
    const parser = new AnswerParser();
    expect(parser.read(bytes, 4, bytes.length)).toBe('complete');
    expect(parser.body).toBe(bytes);
    expect(bytes.toString('latin1', parser.bodyFrom, parser.bodyTo)).toBe('loot');
  }
});

test('what a cut answer has left behind does not reach the next one', () => {
  const parser = new AnswerParser();
  expect(read(parser, 'HTTP/1.0 200 OK\r\ncontent-length: 10\r\nconnection: close\r\n\r\n12345')).toBe('more');
  parser.begin();
  expect(read(parser, 'HTTP/1.1 404 Not Found\r\ncontent-length: 2\r\n\r\nab')).toBe('complete');
  expect([parser.status, bodyOf(parser), parser.staysOpen]).toEqual([404, 'ab', true]);
});

test('says no HTTP as soon as that is sure, long before a time-out', () => {
  for (const bytes of [
    '\x15\x03\x01',
    '-ERR unknown command',
    'HTTP/1.1 200 OK\n',
    'HTTP/1.1 2\n',
    'HTTP/1.1 200 OK\r\nx: y\r\n folded',
    'HTTP/2.0 200 OK\r\n',
  ]) {
    expect(read(new AnswerParser(), bytes), JSON.stringify(bytes)).toBe('malformed');
  }
});

test('a body of 1 MiB is an answer, one byte more is given up as soon as it is known', () => {
  const whole = 'x'.repeat(bodyBytesMax);
  const parser = new AnswerParser();
  expect(read(parser, `HTTP/1.1 200 OK\r\ncontent-length: ${bodyBytesMax}\r\n\r\n${whole}`)).toBe('complete');
  expect(parser.bodyTo - parser.bodyFrom).toBe(bodyBytesMax);
  expect(read(new AnswerParser(), `HTTP/1.1 200 OK\r\ncontent-length: ${bodyBytesMax + 1}\r\n\r\n`)).toBe('oversized');
  expect(read(new AnswerParser(), 'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n100001\r\n')).toBe('oversized');
  expect(read(new AnswerParser(), `HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n100000\r\n${whole}\r\n1\r\n`)).toBe('oversized');
  expect(read(new AnswerParser(), `HTTP/1.1 200 OK\r\n\r\n${whole}`)).toBe('more');
  expect(read(new AnswerParser(), `HTTP/1.1 200 OK\r\n\r\n${whole}x`)).toBe('oversized');
});

test.each([
  ['headers', 'HTTP/1.1 200 OK\r\n', 'x: y\r\n'],
  ['one header without an end', 'HTTP/1.1 200 OK\r\nx: ', 'yyyyyy'],
  ['a status line without an end', 'HTTP/1.1 200 ', 'OKOKOK'],
  ['interim answers', '', 'HTTP/1.1 100 Continue\r\n\r\n'],
  ['trailers', 'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n0\r\n', 'x: y\r\n'],
  ['chunk extensions', 'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n', `1;a=${'b'.repeat(50)}\r\nx\r\n`],
])('endless %s are given up at 64 KiB', (_what, start, more) => {
  const parser = new AnswerParser();
  let progress = start === '' ? 'more' : read(parser, start);
  let bytes = 0;
  while (progress === 'more' && bytes < 2 * headBytesMax) {
    progress = read(parser, more);
    bytes += more.length;
  }
  expect(progress).toBe('malformed');
  expect(bytes).toBeGreaterThan(0.5 * headBytesMax);
});

test.each([
  ['HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n', true],
  ['HTTP/1.1 200 OK\r\nconnection: Keep-Alive\r\ncontent-length: 0\r\n\r\n', true],
  ['HTTP/1.1 200 OK\r\nConnection: Close\r\ncontent-length: 0\r\n\r\n', false],
  ['HTTP/1.1 200 OK\r\nconnection: te, close\r\ncontent-length: 0\r\n\r\n', false],
  ['HTTP/1.0 200 OK\r\ncontent-length: 0\r\n\r\n', false],
  ['HTTP/1.0 200 OK\r\nconnection: keep-alive\r\ncontent-length: 0\r\n\r\n', true],
  ['HTTP/1.1 103 Early\r\nconnection: close\r\n\r\nHTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n', true],
  ['HTTP/1.1 101 Switching Protocols\r\n\r\n', false],
])('%j: the connection may be used again: %s', (answer, staysOpen) => {
  const parser = new AnswerParser();
  expect(read(parser, answer)).toBe('complete');
  expect(parser.staysOpen).toBe(staysOpen);
});

function read(parser: AnswerParser, text: string): Progress {
  const bytes = Buffer.from(text, 'latin1');
  return parser.read(bytes, 0, bytes.length);
}

function bodyOf({ body, bodyFrom, bodyTo }: AnswerParser): string {
  return Buffer.from(body.subarray(bodyFrom, bodyTo)).toString('latin1');
}
