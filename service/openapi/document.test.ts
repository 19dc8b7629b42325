import { once } from 'node:events';
import { connect } from 'node:net';
import fc from 'fast-check';
import type { InjectOptions } from 'fastify';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createApp } from '../api/app.ts';
import { OutOfTime } from '../api/budget.ts';
import type { TreasureService } from '../treasure-service.ts';
import { openApiDocument } from './document.ts';
import { type Answer, type DocumentReader, readDocument } from './fixtures/document-reader.ts';
import { goodSearch, openQuietService } from './fixtures/requests.ts';

let service: TreasureService;
let draining: TreasureService;
let reader: DocumentReader;

beforeAll(async () => {
  service = openQuietService();
  service.app.server.requestTimeout = 300;
  await service.listen();
  draining = openQuietService();
  await draining.app.ready();
  void draining.drain();
  reader = readDocument((await service.app.inject('/openapi.json')).json());
});

afterAll(() => service.drain());

async function ask(request: InjectOptions | string): Promise<Answer> {
  const { statusCode, headers, body } = await service.app.inject(request);
  return { status: statusCode, headers, body };
}

const postSearch = (payload: unknown, contentType = 'application/json'): InjectOptions => ({
  method: 'POST',
  url: '/v1/treasures/search',
  headers: { 'content-type': contentType },
  payload: typeof payload === 'string' ? payload : JSON.stringify(payload),
});

/** Sends bytes, and reads until the other side hangs up. */
async function exchange(bytes: string): Promise<Answer> {
  const address = service.app.server.address() as { port: number };
  const socket = connect(address.port, '127.0.0.1').setEncoding('latin1');
  let text = '';
  socket.on('data', (chunk) => {
    text += chunk;
  });
  socket.write(bytes);
  await once(socket, 'close');
  const [head = '', body = ''] = text.split('\r\n\r\n');
  const [statusLine = '', ...lines] = head.split('\r\n');
  const headers = Object.fromEntries(lines.map((line) => [line.split(': ')[0]?.toLowerCase(), line.split(': ')[1]]));
  return { status: Number(statusLine.split(' ')[1]), headers, body };
}

/** The same API, but whatever it has to look up throws. */
async function askBroken(request: InjectOptions | string, error: Error): Promise<Answer> {
  const { log } = service;
  const metrics = { countRequest: () => {} };
  const app = createApp({
    options: { podName: 'pod', bodyBytesMax: 16_384, keepAliveTimeoutMs: 1_000, requestTimeoutMs: 500 },
    worlds: { seed: 1, byName: () => ({ name: 'verdania' }), byIndex: () => broken() },
    remember: broken,
    metrics,
    accessLog: { write: () => {}, close: () => {} },
    log,
  } as unknown as Parameters<typeof createApp>[0]);
  const { statusCode, headers, body } = await app.inject(request);
  await app.close();
  return { status: statusCode, headers, body };

  function broken(): never {
    throw error;
  }
}

async function askDraining(url: string): Promise<Answer> {
  // The endpoints still answer, on connections that are there already.
  const { statusCode, headers, body } = await draining.app.inject(url);
  return { status: statusCode, headers, body };
}

type Way = () => Promise<Answer>;
const spawnsUrl = '/v1/spawns?near=t-0-1-1-0&radius=8';
const mapUrl = '/v1/biomes/verdania/1/1/map?size=8';
const good: { readonly [operation: string]: InjectOptions | string } = {
  'post /v1/treasures/search': postSearch(goodSearch),
  'get /v1/spawns': spawnsUrl,
  'get /v1/biomes/{world}/{x}/{z}/map': mapUrl,
  'get /healthz': '/healthz',
  'get /readyz': '/readyz',
  'get /metrics': '/metrics',
  'get /configz': '/configz',
  'get /openapi.json': '/openapi.json',
};

/** One way to bring about every documented answer. */
function waysOf(operation: string): { [status: number]: Way } {
  const request = good[operation] as InjectOptions | string;
  const url = typeof request === 'string' ? request : (request.url as string);
  const start = `${operation.split(' ')[0]?.toUpperCase()} ${url} HTTP/1.1\r\nhost: x\r\n`;
  const anywhere = {
    200: () => ask(request),
    400: () => exchange(`${start}no header\r\n\r\n`),
    408: () => exchange(start),
    431: () => exchange(`${start}x: ${'x'.repeat(17_000)}\r\n\r\n`),
  };
  const atWork = {
    500: () => askBroken(request, new Error('a secret detail')),
    503: () => askBroken(request, new OutOfTime()),
  };
  switch (operation) {
    case 'post /v1/treasures/search':
      return {
        ...anywhere,
        ...atWork,
        404: () => ask(postSearch({ ...goodSearch, world: 'mars' })),
        413: () => ask(postSearch({ ...goodSearch, more: 'x'.repeat(20_000) })),
        415: () => ask(postSearch('a=1', 'text/plain')),
      };
    case 'get /v1/spawns':
      return { ...anywhere, ...atWork, 404: () => ask('/v1/spawns?near=t-0-1000-0-0&radius=8') };
    case 'get /v1/biomes/{world}/{x}/{z}/map':
      return {
        ...anywhere,
        ...atWork,
        404: () => ask('/v1/biomes/mars/1/1/map?size=8'),
        414: () => ask(`/v1/biomes/${'x'.repeat(101)}/1/1/map?size=8`),
      };
    case 'get /readyz':
      return { ...anywhere, 503: () => askDraining(url) };
    default:
      return anywhere;
  }
}

const operations = Object.keys(good);

describe('what the service does is documented', () => {
  test('every route, and no other one', () => {
    const routes = service.app.printRoutes({ commonPrefix: false }).matchAll(/── (\/\S+) \(/g);
    const paths = [...routes].map(([, path]) => path?.replace(/:(\w+)/g, '{$1}'));
    expect(paths.sort()).toEqual(reader.operations.map((operation) => operation.split(' ')[1]).sort());
    expect([...reader.operations].sort()).toEqual([...operations].sort());
  });

  test('the methods of every route: with another one the answer names the documented one', async () => {
    for (const operation of operations) {
      const [method, path] = operation.split(' ') as [string, string];
      for (const other of ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'TRACE'] as const) {
        if (other.toLowerCase() === method) continue;
        const answer = await ask({ method: other as 'GET', url: path.replace(/[{}]/g, ''), payload: 'not read' });
        expect([answer.status, answer.headers['allow']]).toEqual([405, method.toUpperCase()]);
        if (other !== 'HEAD') expect(reader.problemsOf('MethodNotAllowed', answer)).toEqual([]);
      }
    }
  });

  test('the answer where there is no route', async () => {
    const answer = await ask('/nothing/here');
    expect(answer.status).toBe(404);
    expect(reader.problemsOf('NotFound', answer)).toEqual([]);
  });

  test('whatever a search says, its answer is documented, and it is 400 exactly where the document forbids the body', async () => {
    const isAllowed = (body: unknown) => reader.bodyOf('post /v1/treasures/search').safeParse(body).success;
    await fc.assert(
      fc.asyncProperty(body, async (asked) => {
        const answer = await ask(postSearch(asked));
        expect(reader.problems('post /v1/treasures/search', answer)).toEqual([]);
        expect(answer.status === 400).toBe(!isAllowed(asked));
      }),
      { numRuns: 500 },
    );
  });

  test('whatever stands in an address, its answer is documented', async () => {
    await fc.assert(
      fc.asyncProperty(address, async ({ operation, url }) => {
        const answer = await ask(url);
        expect(answer.status).toBeLessThan(500);
        const answered = answer.status === 404 && answer.body.includes('route') ? [] : reader.problems(operation, answer);
        expect(answered).toEqual([]);
      }),
      { numRuns: 500 },
    );
  });

  test('an answer that is not documented would be noticed', async () => {
    const answer = await ask(spawnsUrl);
    const { treasureId, spawns } = JSON.parse(answer.body);
    const changed = (body: object) => reader.problems('get /v1/spawns', { ...answer, body: JSON.stringify(body) });
    expect(changed({ treasureId, spawns })).toEqual([]);
    expect(changed({ treasureId, spawns, more: 1 })).toHaveLength(1);
    expect(changed({ treasureId, spawns: [] })).toHaveLength(1);
    expect(changed({ treasureId, spawns: [{ ...spawns[0], position: { x: 0.5, y: 0, z: 0 } }] })).toHaveLength(1);
    expect(reader.problems('get /v1/spawns', { ...answer, status: 418 })).toHaveLength(1);
    expect(reader.problems('get /v1/spawns', { ...answer, headers: { ...answer.headers, 'x-pod': undefined } })).toHaveLength(1);
  });
});

describe('what is documented, the service does', () => {
  test.each(operations)('%s gives every answer that it promises', async (operation) => {
    const ways = waysOf(operation);
    expect(Object.keys(ways).map(Number)).toEqual([...reader.statusesOf(operation)].sort((one, other) => one - other));
    for (const [status, way] of Object.entries(ways)) {
      const answer = await way();
      expect(answer.status).toBe(Number(status));
      expect(reader.problems(operation, answer)).toEqual([]);
    }
  });

  test('lengths are counted in characters, as JSON Schema does', async () => {
    const character = '🗝';
    expect((await ask(postSearch({ ...goodSearch, playerId: character.repeat(64) }))).status).toBe(200);
    expect((await ask(postSearch({ ...goodSearch, playerId: character.repeat(65) }))).status).toBe(400);
    expect((await ask(postSearch({ ...goodSearch, inventoryDigest: character.repeat(513) }))).status).toBe(400);
  });

  test('the document is plain JSON of version 3.1', () => {
    const document = openApiDocument();
    expect(document['openapi']).toBe('3.1.0');
    expect(JSON.parse(JSON.stringify(document))).toEqual(document);
  });
});

const number = fc.oneof(
  fc.integer({ min: -70_000, max: 70_000 }),
  fc.double(),
  fc.constantFrom(0, -64, 319, 320, -32_000, 31_999.5, 32_000),
);
const value = fc.oneof(fc.jsonValue(), number, fc.string({ maxLength: 80 }), fc.constantFrom('verdania', 'x'.repeat(513), []));
const shape = fc.record({
  playerId: fc.string({ minLength: 1, maxLength: 64 }),
  sessionId: fc.constant('session'),
  world: fc.constantFrom('verdania', 'emberfall', 'nimbus'),
  position: fc.record({ x: number, y: fc.integer({ min: -64, max: 319 }), z: fc.integer({ min: -32_000, max: 31_999 }) }),
  radius: fc.integer({ min: 0, max: 520 }),
  filters: fc.record(
    {
      rarityMin: fc.constantFrom('common', 'rare', 'legendary'),
      biomes: fc.array(fc.constantFrom('forest', 'tundra')),
      limit: fc.integer({ min: 1, max: 21 }),
    },
    { requiredKeys: [] },
  ),
  inventoryDigest: fc.string({ maxLength: 100 }),
  build: fc.constant('1'),
  region: fc.constant('eu'),
  requestId: fc.string({ minLength: 1, maxLength: 64, unit: 'binary' }),
});
const fields = Object.keys(goodSearch);
/** A good body, one with a field exchanged, one with a field gone, and anything at all. */
const body = fc.oneof(
  shape,
  fc.tuple(shape, fc.constantFrom(...fields), value).map(([good, field, other]) => ({ ...good, [field]: other })),
  fc
    .tuple(shape, fc.constantFrom(...fields))
    .map(([good, gone]) => Object.fromEntries(Object.entries(good).filter(([key]) => key !== gone))),
  fc.jsonValue().filter((json) => !JSON.stringify(json).includes('__proto__')),
);

const part = fc.oneof(
  fc.integer({ min: -32_000, max: 31_999 }).map(String),
  fc.string({ maxLength: 120, unit: 'grapheme' }),
  fc.constantFrom('verdania', '%zz'),
);
const encoded = part.map((text) => (text === '%zz' ? text : encodeURIComponent(text)));
const address = fc.oneof(
  fc.tuple(encoded, encoded, encoded, encoded).map(([world, x, z, size]) => ({
    operation: 'get /v1/biomes/{world}/{x}/{z}/map',
    url: `/v1/biomes/${world}/${x}/${z}/map?size=${size}`,
  })),
  fc.tuple(fc.integer({ min: 0, max: 64 }), fc.oneof(fc.constantFrom('verdania', 'nimbus'), encoded)).map(([size, world]) => ({
    operation: 'get /v1/biomes/{world}/{x}/{z}/map',
    url: `/v1/biomes/${world}/5/-5/map?size=${size}`,
  })),
  fc
    .tuple(
      fc.oneof(
        encoded,
        fc.nat(999).map((cell) => `t-1-${cell}-${cell}-${cell % 4}`),
      ),
      encoded,
    )
    .map(([near, radius]) => ({
      operation: 'get /v1/spawns',
      url: `/v1/spawns?near=${near}&radius=${radius}&radius=${radius.slice(0, 1)}`.replace(/&radius=$/, ''),
    })),
);
