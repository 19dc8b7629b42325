import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createSecureServer, type Http2SecureServer, type ServerHttp2Session, type ServerHttp2Stream } from 'node:http2';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { systemClock } from '../../machine/system-clock.ts';
import { bodyBytesMax } from './answer-parser.ts';
import { ask, type Heard, type PlainRequest } from './plain-exchange.ts';
import type { Transport } from './transport.ts';
import { createUndiciTransport } from './undici.ts';

/** Needs openssl: Node can read certificates, not make them, and no key belongs into a repository. */
const folder = mkdtempSync(join(tmpdir(), 'launchstorm-h2-'));
const sessions = new Set<ServerHttp2Session>();
const heard: { path: string; body: string; requestId: string }[] = [];
let server: Http2SecureServer;
let certificate: string;

beforeAll(async () => {
  const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')];
  const request = ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '1', '-subj', '/CN=pod'];
  execFileSync('openssl', [...request, '-addext', 'subjectAltName=IP:127.0.0.1', '-keyout', key, '-out', cert], { stdio: 'ignore' });
  certificate = readFileSync(cert, 'utf8');
  server = createSecureServer({ key: readFileSync(key), cert: certificate });
  server.on('session', (session) => {
    sessions.add(session.on('close', () => sessions.delete(session)).on('error', () => {}));
  });
  server.on('stream', (stream, headers) => {
    let body = '';
    stream.on('error', () => {});
    stream.setEncoding('utf8').on('data', (piece) => {
      body += piece;
    });
    stream.on('end', () => {
      heard.push({ path: String(headers[':path']), body, requestId: String(headers['x-request-id']) });
      answer(stream, String(headers[':path']));
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
});

beforeEach(() => {
  heard.length = 0;
});

afterAll(() => {
  for (const session of sessions) session.destroy();
  server.close();
  rmSync(folder, { recursive: true });
});

test('the same words over HTTP/2, one connection for each player', async () => {
  const body = '{"name":"Zoë"}';
  const replies = await playing(async (transport) => [
    await ask(transport, 0, post('/whole', body), 3000),
    await ask(transport, 0, { method: 'GET', path: '/whole?near=1', body: null, requestId: '1-0-1' }, 3000),
    await ask(transport, 1, post('/whole', body), 3000),
  ]);
  expect(replies.map(({ kind, status, body: text }) => [kind, status, text])).toEqual(
    Array.from({ length: 3 }, () => ['answered', 200, '{"loot":["Schlüssel"]}']),
  );
  expect(heard).toEqual([
    { path: '/game/whole', body, requestId: '1-0-0' },
    { path: '/game/whole?near=1', body: '', requestId: '1-0-1' },
    { path: '/game/whole', body, requestId: '1-0-0' },
  ]);
});

test.each([
  ['/silent', ['timeout']],
  ['/reset', ['reset', 'closed', 'cut-off']],
  ['/reset-mid-answer', ['reset', 'cut-off', 'malformed']],
  ['/session-lost', ['reset', 'closed', 'cut-off']],
  ['/huge', ['oversized']],
])('%s: it may have happened, is not sent anew, and the player goes on over another connection', async (path, whys) => {
  const [lost, next] = await playing(async (transport) => [
    await ask(transport, 0, post(path, '{}'), 500),
    await ask(transport, 0, post('/whole', '{}'), 3000),
  ]);
  expect(lost?.kind).toBe('unknown');
  expect(whys).toContain(lost?.why);
  expect(next).toMatchObject({ kind: 'answered', status: 200 });
  expect(heard.map((one) => one.path)).toEqual([`/game${path}`, '/game/whole']);
});

test('a refusal is an answer', async () => {
  const [reply] = await playing(async (transport) => [await ask(transport, 0, post('/refused', '{}'), 3000)]);
  expect(reply).toMatchObject({ kind: 'answered', status: 503, body: '' });
});

test('a session that the server closes while it idles: the next request goes over a new one', async () => {
  const replies = await playing(async (transport) => {
    const first = await ask(transport, 0, post('/whole', '{}'), 3000);
    for (const session of sessions) session.close();
    await new Promise((resolve) => setTimeout(resolve, 100));
    return [first, await ask(transport, 0, post('/whole', '{}'), 3000)];
  });
  expect(replies.map(({ kind }) => kind)).toEqual(['answered', 'answered']);
  expect(heard).toHaveLength(2);
});

function answer(stream: ServerHttp2Stream, path: string): void {
  const reset = () => stream.close(2);
  switch (path.replace('/game', '')) {
    case '/silent':
      return;
    case '/reset':
      reset();
      return;
    case '/reset-mid-answer':
      stream.respond({ ':status': 200, 'content-length': 24 });
      stream.write('{"loot":', () => setTimeout(reset, 20));
      return;
    case '/session-lost':
      stream.session?.destroy();
      return;
    case '/huge':
      stream.respond({ ':status': 200 });
      stream.end('x'.repeat(bodyBytesMax + 1));
      return;
    case '/refused':
      stream.respond({ ':status': 503 });
      stream.end();
      return;
    default:
      stream.respond({ ':status': 200, 'content-type': 'application/json' });
      stream.end('{"loot":["Schlüssel"]}');
  }
}

function post(path: string, body: string): PlainRequest {
  return { method: 'POST', path, body, requestId: '1-0-0' };
}

async function playing(play: (transport: Transport) => Promise<readonly Heard[]>): Promise<readonly Heard[]> {
  const transport = createUndiciTransport({ clock: systemClock, ca: certificate, allowH2: true });
  const { port } = server.address() as { port: number };
  transport.route([{ pod: 'a', origin: `https://127.0.0.1:${port}`, basePath: '/game' }]);
  try {
    return await play(transport);
  } finally {
    await transport.close();
  }
}
