import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { goodSearch } from '../openapi/fixtures/requests.ts';
import { readOptions } from '../option-reading.ts';
import { writePortFile } from '../port-file.ts';
import type { Serving } from '../program.ts';
import { openTreasureService, type TreasureService } from '../treasure-service.ts';
import { type FakeMain, startFakeMain } from './fixtures/fake-main.ts';
import { talk } from './fixtures/talk.ts';
import { openSidecar } from './sidecar.ts';

const folder = mkdtempSync(join(tmpdir(), 'sidecar-'));
let files = 0;
const newFile = (): string => {
  files += 1;
  return join(folder, `port-${files}`);
};
const running: Serving[] = [];
const mains: FakeMain[] = [];

afterEach(async () => {
  for (const serving of running.splice(0)) await serving.drain();
  for (const main of mains.splice(0)) {
    main.release();
    await main.stop().catch(() => {});
  }
});
afterAll(() => rmSync(folder, { recursive: true }));

function optionsOf(variables: { [name: string]: string }) {
  // A machine that is busy with other tests is no reason for a time-out.
  const patient = { TREASURE_ENVIRONMENT: 'sidecar', TREASURE_REQUEST_TIMEOUT_MS: 'none' };
  const reading = readOptions({ ...patient, TREASURE_LOG_LEVEL: 'silent', TREASURE_POD_NAME: 'pod-1', ...variables });
  if (!reading.ok) throw new Error(JSON.stringify(reading.problems));
  return reading.options;
}

async function startSidecar(variables: { [name: string]: string }): Promise<string> {
  const sidecar = openSidecar(optionsOf(variables));
  running.push(sidecar);
  return `http://127.0.0.1:${await sidecar.listen()}`;
}

async function fakePair(variables: { [name: string]: string } = {}): Promise<{ origin: string; main: FakeMain }> {
  const main = await startFakeMain();
  mains.push(main);
  return { main, origin: await startSidecar({ TREASURE_UPSTREAM_PORT: String(main.port), ...variables }) };
}

const spawnsOf = (n: number): string => `/v1/spawns?near=t-0-${n}-1-0&radius=64`;
const post = { method: 'POST', headers: { 'content-type': 'application/json' } };
async function metric(origin: string, name: string): Promise<number> {
  const text = await (await fetch(`${origin}/metrics`)).text();
  return Number(
    text
      .split('\n')
      .find((line) => line.startsWith(`${name} `))
      ?.slice(name.length + 1) ?? 0,
  );
}

describe('beside its main process', () => {
  let main: TreasureService;
  let mainOrigin: string;
  beforeAll(async () => {
    main = openTreasureService(optionsOf({}));
    mainOrigin = `http://127.0.0.1:${await main.listen()}`;
  });
  afterAll(() => main.drain());
  const startPair = () => startSidecar({ TREASURE_UPSTREAM_PORT: new URL(mainOrigin).port });

  async function said(origin: string, path: string, init: RequestInit = {}): Promise<unknown[]> {
    const answer = await fetch(`${origin}${path}`, { ...init, headers: { 'x-request-id': 'r-1', ...init.headers } });
    const named = ['content-type', 'x-pod', 'x-request-id', 'allow'].map((name) => answer.headers.get(name));
    return [answer.status, ...named, await answer.text()];
  }

  test('players get from it what they would get from the main process, byte by byte', { timeout: 60_000 }, async () => {
    const origin = await startPair();
    const search = (change: object) => ({ ...post, body: JSON.stringify({ ...goodSearch, ...change }) });
    const requests: [string, RequestInit?][] = [
      ['/v1/treasures/search', search({})],
      ['/v1/treasures/search', search({ filters: { rarityMin: 'rare', limit: 3 }, position: { x: -31_999.5, y: 0, z: 31_999 } })],
      ['/v1/treasures/search', search({ filters: { biomes: ['lava_fields'] } })],
      ['/v1/treasures/search', search({ radius: 0, world: 7 })],
      ['/v1/treasures/search', search({ world: 'mars' })],
      ['/v1/treasures/search', search({ radius: 1e2, playerName: 'ü"\\\u0000' })],
      ['/v1/treasures/search', { ...post, body: '{bad' }],
      ['/v1/treasures/search', { ...post, body: 'x'.repeat(20_000) }],
      ['/v1/treasures/search', { method: 'POST', body: 'a=1', headers: { 'content-type': 'text/plain' } }],
      ['/v1/treasures/search', { method: 'PUT' }],
      ['/v1/treasures/search'],
      ['/v1/spawns?near=t-0-500-500-0&radius=64'],
      ['/v1/spawns?radius=64&near=t-0-500-500-0'],
      ['/v1/spawns?near=t-0-500-500-0&radius=257'],
      ['/v1/spawns?near=t-0-999-999-2&radius=9'],
      ['/v1/spawns?near=t-0-1000-9-0&radius=9'],
      ['/v1/biomes/verdania/-31999/5/map?size=16'],
      ['/v1/biomes/verdania/-31993/9/map?size=16'],
      ['/v1/biomes/nimbus/0/0/map?size=64'],
      ['/v1/biomes/nimbus/-0/0/map?size=8'],
      ['/v1/biomes/mars/0/0/map?size=8'],
      ['/v1/biomes/nimbus/40000/0/map?size=8'],
      ['/nothing/here?at=all'],
      ['/openapi.json'],
    ];
    for (const [path, init] of requests) {
      // Twice: from the main process, and from what was kept.
      for (let time = 0; time < 2; time += 1) expect(await said(origin, path, init)).toEqual(await said(mainOrigin, path, init));
    }
    expect(await metric(origin, 'treasure_cache_lookups_total{level="process",result="hit"}')).toBeGreaterThan(5);
  });

  test('however a request is cut, and whatever comes before it on the connection, it is answered the same', {
    timeout: 60_000,
  }, async () => {
    const origin = await startPair();
    const body = JSON.stringify(goodSearch);
    const searchText = `POST /v1/treasures/search HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\ncontent-length: ${body.length}\r\n\r\n${body}`;
    const spawnsText = 'GET /v1/spawns?near=t-0-500-500-0&radius=64 HTTP/1.1\r\nhost: x\r\n\r\n';
    const chunkedText = `POST /v1/treasures/search HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ntransfer-encoding: chunked\r\n\r\n${body.length.toString(16)}\r\n${body}\r\n0\r\n\r\n`;
    const whole = bodies(await talk(origin, [searchText], 1))[0];
    const spawns = bodies(await talk(origin, [spawnsText], 1))[0];
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.constantFrom(searchText, spawnsText, chunkedText), { minLength: 1, maxLength: 4 }),
        fc.nat(),
        async (requests, cut) => {
          const text = requests.join('');
          const at = cut % text.length;
          const heard = bodies(await talk(origin, [text.slice(0, at), text.slice(at)], requests.length));
          expect(heard).toEqual(requests.map((request) => (request === spawnsText ? spawns : whole)));
        },
      ),
      { numRuns: 40 },
    );
  });

  // All connections are read into one piece of memory.
  test('what many say at the same time, each in its own pieces, stays apart', { timeout: 60_000 }, async () => {
    const origin = await startPair();
    const asked = Array.from({ length: 40 }, (_unused, n) => {
      const body = JSON.stringify({ ...goodSearch, position: { x: 700 * n, y: 64, z: -300 * n }, playerName: 'p'.repeat(n) });
      const head = `POST /v1/treasures/search HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\nx-request-id: r-${n}\r\n`;
      return { text: `${head}content-length: ${body.length}\r\n\r\n${body}`, cuts: [7 * n, 150 + 11 * n] };
    });
    const alone: string[] = [];
    for (const { text } of asked) alone.push(await talk(origin, [text], 1));
    const pieces = asked.map(({ text, cuts: [first, second] }) => [text.slice(0, first), text.slice(first, second), text.slice(second)]);
    expect(await Promise.all(pieces.map((each) => talk(origin, each, 1)))).toEqual(alone);
    expect(new Set(alone).size).toBe(asked.length);
  });

  function bodies(text: string): string[] {
    return text
      .split('HTTP/1.1 ')
      .slice(1)
      .map((answer) => answer.slice(answer.indexOf('\r\n\r\n') + 4));
  }

  test.each([
    ['no request at all', 'hello\r\n\r\n', 400],
    ['no host', 'GET /healthz HTTP/1.1\r\n\r\n', 400],
    ['two lengths', 'POST /v1/treasures/search HTTP/1.1\r\nhost: x\r\ncontent-length: 1\r\ncontent-length: 2\r\n\r\nab', 400],
    ['a head without end', `GET / HTTP/1.1\r\nhost: x\r\nx: ${'y'.repeat(40_000)}\r\n\r\n`, 431],
    ['an old version', 'GET /healthz HTTP/1.0\r\n\r\n', 200],
  ])('%s is answered in the right form', async (_what, text, status) => {
    expect(await talk(await startPair(), [text], 1)).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
  });
});

describe('what it asks the main process', () => {
  test('is asked once, however many wait for it', async () => {
    const { origin, main } = await fakePair();
    main.hold();
    const waiting = Array.from({ length: 40 }, () => fetch(origin + spawnsOf(1)).then((answer) => answer.text()));
    while (main.heard.length === 0) await pause(5);
    await pause(50);
    main.release();
    expect(new Set(await Promise.all(waiting)).size).toBe(1);
    expect(main.heard).toHaveLength(1);
  });

  test('carries the trace on, and what is left of the time', async () => {
    const { origin, main } = await fakePair();
    const trace = '0af7651916cd43dd8448eb211c80319c';
    const traceparent = `00-${trace}-b7ad6b7169203331-01`;
    await fetch(`${origin}/v1/anything`, { headers: { traceparent, 'x-budget-ms': '200', 'x-request-id': 'mine' } });
    const { headers } = main.heard[0]!;
    expect(headers['traceparent']).toMatch(new RegExp(`^00-${trace}-(?!b7ad6b7169203331)[0-9a-f]{16}-01$`));
    expect(Number(headers['x-budget-ms'])).toBeLessThanOrEqual(200);
    expect(headers['x-request-id']).toBe('mine');
    await fetch(`${origin}/v1/anything`, { headers: { traceparent: 'nonsense' } });
    expect(main.heard[1]!.headers['traceparent']).toMatch(/^00-[0-9a-f]{32}-[0-9a-f]{16}-00$/);
  });

  test('what takes longer than its caller has is 503, and does not take the time of others', async () => {
    const { origin, main } = await fakePair();
    main.hold();
    const hasty = fetch(origin + spawnsOf(1), { headers: { 'x-budget-ms': '30' } });
    const patient = fetch(origin + spawnsOf(1));
    expect([(await hasty).status, await (await hasty).json()]).toMatchObject([503, { error: 'timeout' }]);
    main.release();
    expect((await patient).status).toBe(200);
  });

  test('has a short line: one more is refused at once', async () => {
    const { origin, main } = await fakePair({ TREASURE_UPSTREAM_CONNECTIONS_MAX: '2', TREASURE_UPSTREAM_QUEUE_MAX: '3' });
    main.hold();
    const all = Array.from({ length: 9 }, (_, n) => fetch(origin + spawnsOf(n + 1)).then((answer) => answer.status));
    while ((await metric(origin, 'treasure_requests_total{operation="spawns",outcome="failed"}')) < 4) await pause(10);
    main.release();
    const statuses = await Promise.all(all);
    expect([statuses.filter((status) => status === 503).length, main.heard.length]).toEqual([4, 5]);
  });

  test('what is not there is remembered for a while', async () => {
    const { origin, main } = await fakePair();
    for (let time = 0; time < 5; time += 1) expect((await fetch(`${origin}/v1/spawns?near=t-0-1-1-2&radius=8`)).status).toBe(404);
    expect(main.heard).toHaveLength(1);
  });
});

test('what the main process never hears of is remembered of its session here', async () => {
  const { origin } = await fakePair();
  for (const requestId of ['r-1', 'r-2', 'r-1']) {
    await fetch(`${origin}/v1/treasures/search`, { ...post, body: JSON.stringify({ ...goodSearch, requestId }) });
  }
  expect(await metric(origin, 'treasure_odd_searches_total{kind="duplicate"}')).toBe(1);
  expect([await metric(origin, 'treasure_sessions'), (await metric(origin, 'treasure_session_bytes')) > 900]).toEqual([1, true]);
});

describe('while its main process is dead', () => {
  test('it goes on with all that players ask, and finds it again on another port', async () => {
    const portFile = newFile();
    const { origin, main } = await fakePair({ TREASURE_UPSTREAM_PORT: '0', TREASURE_UPSTREAM_PORT_FILE: portFile });
    const search = () => fetch(`${origin}/v1/treasures/search`, { ...post, body: JSON.stringify(goodSearch) }).then(({ status }) => status);
    const other = () => fetch(`${origin}/v1/anything`).then(({ status }) => status);
    expect([await other(), await search()]).toEqual([503, 200]);
    writePortFile(portFile, main.port);
    expect([await other(), (await fetch(origin + spawnsOf(1))).status]).toEqual([404, 200]);
    await main.stop();
    expect([(await fetch(origin + spawnsOf(1))).status, await other(), await search()]).toEqual([200, 503, 200]);
    expect((await fetch(`${origin}/readyz`)).status).toBe(200);
    const another = await startFakeMain();
    mains.push(another);
    writePortFile(portFile, another.port);
    while ((await other()) !== 404) await pause(10);
  });

  test('what is too old is shown, as long as there is nothing newer to be had', async () => {
    const { origin, main } = await fakePair({ TREASURE_CACHE_TTL_SECONDS: '1' });
    await fetch(origin + spawnsOf(1));
    await main.stop();
    await pause(1_100);
    expect((await fetch(origin + spawnsOf(1))).status).toBe(200);
    expect(await metric(origin, 'treasure_cache_lookups_total{level="process",result="stale"}')).toBe(1);
  });
});

describe('when it drains', () => {
  test('what is under way is answered, idle connections are closed, nobody else is let in', async () => {
    const { main, origin } = await fakePair();
    const sidecar = running.pop() as Serving;
    main.hold();
    const waiting = fetch(origin + spawnsOf(1)).then((answer) => answer.status);
    while (main.heard.length === 0) await pause(5);
    const drained = sidecar.drain();
    main.release();
    expect(await waiting).toBe(200);
    await drained;
    await expect(fetch(`${origin}/healthz`)).rejects.toThrow();
  });
});

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
