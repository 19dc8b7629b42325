import { once } from 'node:events';
import { createServer, type Server, type Socket } from 'node:net';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type LineResult, UpstreamLine } from './upstream-line.ts';

let server: Server;
let port: number;
/** What each request is answered with, in pieces; null ends the connection. */
let pieces: readonly (string | null)[];
const sockets = new Set<Socket>();

beforeEach(async () => {
  server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => {}).on('data', () => void answer(socket));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  port = (server.address() as { port: number }).port;
});
afterEach(async () => {
  for (const socket of sockets) socket.destroy();
  sockets.clear();
  server.close();
});

async function answer(socket: Socket): Promise<void> {
  for (const piece of pieces) {
    if (piece === null) socket.destroy();
    else socket.write(piece, 'latin1');
    await new Promise((resolve) => setTimeout(resolve, 3));
  }
}

const ask = (line: UpstreamLine): Promise<LineResult> => new Promise((resolve) => line.ask('GET / HTTP/1.1\r\nhost: x\r\n\r\n', resolve));
const good = 'HTTP/1.1 200 OK\r\nContent-Length: 5\r\nX-Some: \u00e9 \r\n\r\nh\u00e9llo';
const reply = { kind: 'reply', reply: { status: 200, body: 'h\u00e9llo', headers: { 'content-length': '5', 'x-some': '\u00e9' } } };

test('an answer is read however it is cut, and the line carries the next one', async () => {
  const line = new UpstreamLine(port, 100);
  for (let cut = 0; cut < good.length; cut += 1) {
    pieces = [good.slice(0, cut), good.slice(cut)].filter((piece) => piece !== '');
    expect(await ask(line)).toEqual(reply);
  }
  expect([line.isOpen, sockets.size]).toEqual([true, 1]);
  line.close();
});

test.each([
  ['an answer that is the last one', [good.replace('X-Some', 'Connection: close\r\nX-Some')], { kind: 'reply' }],
  ['something behind the answer', [`${good}more`], { kind: 'reply' }],
  ['an answer in chunks', ['HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n'], { kind: 'odd' }],
  ['an answer without a length', ['HTTP/1.1 200 OK\r\n\r\n'], { kind: 'odd' }],
  ['a length that is none', ['HTTP/1.1 200 OK\r\ncontent-length: -1\r\n\r\n'], { kind: 'odd' }],
  ['more than we take', ['HTTP/1.1 200 OK\r\ncontent-length: 101\r\n\r\n'], { kind: 'odd' }],
  ['a word before the answer', ['HTTP/1.1 103 Early Hints\r\n\r\n', good], { kind: 'odd' }],
  ['no answer at all', ['hello\r\n\r\n'], { kind: 'odd' }],
  ['a head without end', [`HTTP/1.1 200 OK\r\nx: ${'y'.repeat(20_000)}`], { kind: 'odd' }],
  ['nothing', [null], { kind: 'failed', code: 'ECONNRESET' }],
  ['half an answer', [good.slice(0, -2), null], { kind: 'failed', code: 'ECONNRESET' }],
])('after %s the line is closed', async (_what, told, result) => {
  pieces = told;
  const line = new UpstreamLine(port, 100);
  expect(await ask(line)).toMatchObject(result);
  expect(line.isOpen).toBe(false);
});

test('where nobody listens that is said', async () => {
  server.close();
  await once(server, 'close');
  const line = new UpstreamLine(port, 100);
  expect(await ask(line)).toEqual({ kind: 'failed', code: 'ECONNREFUSED' });
});

test('what comes unasked closes it', async () => {
  pieces = [good];
  const line = new UpstreamLine(port, 100);
  await ask(line);
  for (const socket of sockets) socket.write('HTTP/1.1 408 Request Timeout\r\n\r\n');
  while (line.isOpen) await new Promise((resolve) => setTimeout(resolve, 3));
});
