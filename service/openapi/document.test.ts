import { once } from 'node:events';
import type { InjectOptions } from 'fastify';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { noAccessLog } from '../api/access-log.ts';
import { createApp } from '../api/app.ts';
import { OutOfTime } from '../api/budget.ts';
import { createWorlds } from '../api/worlds.ts';
import { GcLedger } from '../operations/gc-share.ts';
import { createMetrics } from '../operations/metrics.ts';
import { noSessionDesk } from '../sessions/session-desk.ts';
import type { TreasureService } from '../treasure-service.ts';
import { openApiDocument } from './document.ts';
import { talk } from './fixtures/connection.ts';
import { type Answer, type DocumentReader, readDocument } from './fixtures/document-reader.ts';
import { askOf, goodSearch, openQuietService, postSearch, quietOptions } from './fixtures/requests.ts';

let service: TreasureService;
let reader: DocumentReader;

beforeAll(async () => {
  service = openQuietService();
  service.app.server.requestTimeout = 300;
  service.app.server.headersTimeout = 300;
  await service.listen();
  reader = readDocument((await service.app.inject('/openapi.json')).json());
});

afterAll(() => service.drain());

const ask = (request: InjectOptions | string): Promise<Answer> => askOf(service.app, request);

const portOf = ({ app }: TreasureService): number => (app.server.address() as { port: number }).port;
const exchange = (bytes: string): Promise<Answer> => talk(portOf(service), [bytes]);

/** Asks a service that is told to stop while the request is on its way. */
async function askDraining(url: string): Promise<Answer> {
  const draining = openQuietService();
  await draining.app.listen({ host: '127.0.0.1', port: 0 });
  const answer = talk(portOf(draining), [`GET ${url} HTTP/1.1\r\nhost: x\r\n`, '\r\n']);
  await once(draining.app.server, 'connection');
  await draining.drain();
  return answer;
}

/** The same API, but whatever it has to work out throws. */
async function askBroken(request: InjectOptions | string, error: Error): Promise<Answer> {
  const app = createApp({
    options: quietOptions(),
    worlds: createWorlds(1),
    sessions: noSessionDesk,
    remember: () => Promise.reject(error),
    metrics: createMetrics({ gc: new GcLedger(), isRedisUp: () => false, info: { environment: '', config_hash: '', pod: '' } }),
    accessLog: noAccessLog,
    log: service.log,
  });
  const answer = await askOf(app, request);
  await app.close();
  return answer;
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
  test.concurrent.each(operations)('%s gives every answer that it promises', async (operation) => {
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
