import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readOptions } from '../option-reading.ts';
import { openTreasureService, type TreasureService } from '../treasure-service.ts';

const folder = mkdtempSync(join(tmpdir(), 'treasure-'));
const accessLogFile = join(folder, 'access.log');
let service: TreasureService;

function open(variables: { [name: string]: string } = {}): TreasureService {
  const reading = readOptions({ TREASURE_LOG_LEVEL: 'silent', TREASURE_POD_NAME: 'pod-7', ...variables });
  if (!reading.ok) throw new Error(JSON.stringify(reading.problems));
  return openTreasureService(reading.options);
}

beforeAll(() => {
  service = open({ TREASURE_ACCESS_LOG_FILE: accessLogFile });
});

afterAll(async () => {
  await service.drain();
  rmSync(folder, { recursive: true });
});

const good = {
  playerId: 'player-1',
  sessionId: 'session-1',
  world: 'verdania',
  position: { x: 1_000, y: 64, z: -2_000 },
  radius: 128,
  filters: {},
  inventoryDigest: 'ab'.repeat(100),
  build: '1.4.2',
  region: 'eu-west',
  requestId: 'request-1',
};

function search(body: unknown, headers: { [name: string]: string } = {}) {
  return service.app.inject({ method: 'POST', url: '/v1/treasures/search', payload: body as object, headers });
}

function get(url: string) {
  return service.app.inject({ method: 'GET', url });
}

describe('the treasure API', () => {
  test('a player can walk the whole chain: treasure, spawns near it, biome map there', async () => {
    const treasures = (await search({ ...good, further: 'keys are tolerated' })).json().treasures;
    expect(treasures.length).toBeGreaterThan(0);
    expect(treasures.length).toBeLessThanOrEqual(8);
    const { id, position, loot } = treasures[0];
    expect(loot.length).toBeGreaterThan(0);

    const spawns = (await get(`/v1/spawns?near=${id}&radius=64`)).json();
    expect(spawns.treasureId).toBe(id);
    expect(spawns.spawns.length).toBeGreaterThan(0);

    const map = (await get(`/v1/biomes/verdania/${position.x}/${position.z}/map?size=16`)).json();
    expect(map).toMatchObject({ world: 'verdania', x: position.x, z: position.z, size: 16 });
    expect(map.tiles).toHaveLength(256);
  });

  test('it answers the same twice, from the cache and from scratch', async () => {
    const first = (await search(good)).json();
    expect((await search(good)).json()).toEqual(first);
    const uncached = open({ TREASURE_CACHE_ENTRIES_MAX: '0' });
    const afresh = await uncached.app.inject({ method: 'POST', url: '/v1/treasures/search', payload: good });
    expect(afresh.json()).toEqual(first);
    await uncached.drain();
  });

  test('filters hold', async () => {
    const filters = { rarityMin: 'rare', limit: 3 };
    const { treasures } = (await search({ ...good, filters, radius: 512 })).json();
    expect(treasures).toHaveLength(3);
    for (const { rarity } of treasures) expect(['rare', 'epic', 'legendary']).toContain(rarity);
  });

  test('a search that finds nothing is 200 with an empty list, and is counted as empty', async () => {
    const answer = await search({ ...good, radius: 512, filters: { biomes: ['lava_fields'] } });
    expect([answer.statusCode, answer.json()]).toEqual([200, { treasures: [] }]);
    expect((await get('/metrics')).body).toContain('treasure_requests_total{operation="search",outcome="empty"} 1');
  });

  test('every answer names its pod and its request', async () => {
    const withHeader = await search(good, { 'x-request-id': 'mine' });
    expect(withHeader.headers).toMatchObject({ 'x-pod': 'pod-7', 'x-request-id': 'mine' });
    expect((await search(good)).headers['x-request-id']).toBe('request-1');
    expect((await search({ ...good, requestId: 'ü \n' })).headers['x-request-id']).toBe('___');
    for (const url of ['/healthz', '/nothing/here', '/v1/spawns', '/v1/biomes/%zz/1/1/map']) {
      const { headers } = await get(url);
      expect(headers['x-pod']).toBe('pod-7');
      expect(headers['x-request-id']).toMatch(/^\S{36}$/);
    }
  });
});

describe('bad input', () => {
  const without = (key: string) => Object.fromEntries(Object.entries(good).filter(([name]) => name !== key));
  const required = ['playerId', 'sessionId', 'world', 'position', 'radius', 'inventoryDigest', 'build', 'region', 'requestId'];

  test.each(required)('a search without %s names it', async (key) => {
    const answer = await search(without(key));
    expect(answer.statusCode).toBe(400);
    expect(answer.json()).toMatchObject({ error: 'bad_request', fields: [{ field: key }] });
  });

  const badFields: [string, object][] = [
    ['playerId', { playerId: '' }],
    ['sessionId', { sessionId: 'x'.repeat(65) }],
    ['world', { world: 7 }],
    ['position.x', { position: { x: 32_000, y: 0, z: 0 } }],
    ['position.y', { position: { x: 0, y: 320, z: 0 } }],
    ['position.z', { position: { x: 0, y: 0, z: '0' } }],
    ['radius', { radius: 0 }],
    ['radius', { radius: 513 }],
    ['radius', { radius: 1.5 }],
    ['filters', { filters: [] }],
    ['filters.rarityMin', { filters: { rarityMin: 'shiny' } }],
    ['filters.biomes.1', { filters: { biomes: ['forest', 'moon'] } }],
    ['filters.limit', { filters: { limit: 21 } }],
    ['inventoryDigest', { inventoryDigest: 'x'.repeat(513) }],
    ['requestId', { requestId: null }],
  ];
  test.each(badFields)('a bad %s is named: %j', async (field, change) => {
    const answer = await search({ ...good, ...change });
    expect(answer.statusCode).toBe(400);
    expect(answer.json().fields.map((problem: { field: string }) => problem.field)).toEqual([field]);
  });

  test('all bad fields are named at once', async () => {
    const { fields } = (await search({ ...good, radius: -1, build: '', position: { x: 1e9, y: 0, z: 0 } })).json();
    expect(fields.map((problem: { field: string }) => problem.field).sort()).toEqual(['build', 'position.x', 'radius']);
  });

  test.each(['{bad', '[]', '"text"', 'null', '', '{"__proto__":{}}'])('a body of %j is 400', async (payload) => {
    const answer = await service.app.inject({
      method: 'POST',
      url: '/v1/treasures/search',
      payload,
      headers: { 'content-type': 'application/json' },
    });
    expect(answer.statusCode).toBe(400);
    expect(answer.json().error).toBe('bad_request');
    expect(answer.json().fields.length).toBeGreaterThan(0);
  });

  test('a body that is too large is 413, another content type 415', async () => {
    expect((await search({ ...good, further: 'x'.repeat(20_000) })).statusCode).toBe(413);
    const text = await service.app.inject({
      method: 'POST',
      url: '/v1/treasures/search',
      payload: 'a=1',
      headers: { 'content-type': 'text/plain' },
    });
    expect([text.statusCode, text.json().error]).toEqual([415, 'unsupported_media_type']);
  });

  test('what is not there is 404', async () => {
    expect((await search({ ...good, world: 'mars' })).json()).toEqual({ error: 'not_found', what: 'world' });
    expect((await get('/v1/spawns?near=t-0-1000-0-0&radius=8')).json()).toEqual({ error: 'not_found', what: 'treasure' });
    expect((await get('/v1/spawns?near=gold&radius=8')).statusCode).toBe(404);
    expect((await get('/v1/biomes/mars/1/1/map?size=8')).statusCode).toBe(404);
    expect((await get('/v1/treasures')).statusCode).toBe(404);
    expect((await get('/')).json()).toEqual({ error: 'not_found', what: 'route' });
  });

  const badAddresses: [string, string[]][] = [
    ['/v1/spawns', ['near', 'radius']],
    ['/v1/spawns?near=t-0-1-1-0&radius=257', ['radius']],
    ['/v1/spawns?near=t-0-1-1-0&radius=1e2', ['radius']],
    ['/v1/spawns?near=t-0-1-1-0&near=t-0-1-1-0&radius=8', ['near']],
    ['/v1/biomes/verdania/1/1/map', ['size']],
    ['/v1/biomes/verdania/1.5/99999/map?size=7', ['size', 'x', 'z']],
    ['/v1/biomes/%zz/1/1/map?size=8', ['url']],
  ];
  test.each(badAddresses)('%s is 400 and names %j', async (url, fields) => {
    const answer = await get(url);
    expect(answer.statusCode).toBe(400);
    expect(
      answer
        .json()
        .fields.map((problem: { field: string }) => problem.field)
        .sort(),
    ).toEqual(fields);
  });
});

describe('what is not foreseen', () => {
  test('a fault of our own is 500 without any detail', async () => {
    const broken = open();
    broken.app.get('/broken', () => {
      throw new Error('a secret detail');
    });
    const answer = await broken.app.inject('/broken');
    expect(answer.statusCode).toBe(500);
    expect(answer.json()).toEqual({ error: 'internal', requestId: answer.headers['x-request-id'] });
    await broken.drain();
  });

  test('work that takes longer than its budget is 503', async () => {
    const { Budget } = await import('./budget.ts');
    const now = performance.now();
    expect(() => new Budget(500, now - 600).check()).toThrow(expect.objectContaining({ name: 'OutOfTime' }));
    const waited = new Budget(500, now - 600);
    waited.addWait(400);
    expect(() => waited.check()).not.toThrow();
    expect(() => new Budget(null, now - 1e9).check()).not.toThrow();
    const { answerOf } = await import('./error-answers.ts');
    const { OutOfTime } = await import('./budget.ts');
    expect(answerOf(new OutOfTime(), 'r')).toMatchObject({ status: 503, body: { error: 'timeout', requestId: 'r' } });
  });
});

describe('operations', () => {
  test('health, readiness and configuration', async () => {
    expect((await get('/healthz')).statusCode).toBe(200);
    expect((await get('/readyz')).json()).toEqual({ ready: true, redis: 'off' });
    const configuration = (await get('/configz')).json();
    expect(configuration).toMatchObject({ environment: 'plain', configuration: { redisTimeoutMs: 25, redisPassword: 'unset' } });
  });

  test('the metrics name environment, configuration and pod', async () => {
    const { hash } = (await get('/configz')).json();
    const text = (await get('/metrics')).body;
    expect(text).toContain(`treasure_info{environment="plain",config_hash="${hash}",pod="pod-7"} 1`);
    for (const name of [
      'treasure_redis_up',
      'treasure_redis_auth_refused_total',
      'treasure_gc_seconds_total',
      'process_resident_memory_bytes',
    ]) {
      expect(text).toMatch(new RegExp(`^${name} `, 'm'));
    }
  });

  test('the access log has one line for every answer, and agrees with the metrics', async () => {
    const counts = (await get('/metrics')).body.matchAll(/^treasure_requests_total\{.*\} (\d+)$/gm);
    const counted = [...counts].reduce((sum, [, count]) => sum + Number(count), 0);
    const lines = readFileSync(accessLogFile, 'utf8').trimEnd().split('\n');
    // The answer that carried the count was logged after it was counted.
    expect(lines).toHaveLength(counted + 1);
    for (const line of lines) expect(line).toMatch(/^\d{13} \S+ (search|spawns|biome|healthz|readyz|metrics|configz|openapi|other) \d{3}$/);
    expect(lines.some((line) => line.endsWith(' request-1 search 200'))).toBe(true);
  });
});

describe('time-outs and sessions', () => {
  test('what is too late is 503, or an empty chest where the environment says so', async () => {
    for (const [environment, status, body] of [
      ['staging', 200, { treasures: [] }],
      ['plain', 503, { error: 'timeout', requestId: 'request-1' }],
    ] as const) {
      const slow = open({ TREASURE_ENVIRONMENT: environment, TREASURE_REQUEST_TIMEOUT_MS: '1' });
      slow.app.addHook('preValidation', (_request, _reply, done) => void setTimeout(done, 5));
      const answer = await slow.app.inject({ method: 'POST', url: '/v1/treasures/search', payload: good });
      expect([answer.statusCode, answer.json()]).toEqual([status, body]);
      const counted = (await slow.app.inject('/metrics')).body;
      expect(counted).toContain(`outcome="${status === 200 ? 'empty' : 'failed'}"} 1`);
      await slow.drain();
    }
  });

  test('what the chain leaves counts, where it is less than the own limit', async () => {
    const patient = open({ TREASURE_REQUEST_TIMEOUT_MS: 'none' });
    patient.app.addHook('preValidation', (_request, _reply, done) => void setTimeout(done, 10));
    const status = async (budget: string): Promise<number> => {
      const headers = { 'x-budget-ms': budget };
      return (await patient.app.inject({ method: 'POST', url: '/v1/treasures/search', payload: good, headers })).statusCode;
    };
    expect([await status('1'), await status('60000'), await status('soon'), await status('-1')]).toEqual([503, 200, 200, 200]);
    await patient.drain();
  });

  test('a request that comes twice in a session is answered and counted, another one under its id is not mistaken for it', async () => {
    const watched = open();
    for (const requestId of ['r-1', 'r-2', 'r-1']) {
      const answer = await watched.app.inject({ method: 'POST', url: '/v1/treasures/search', payload: { ...good, requestId } });
      expect(answer.statusCode).toBe(200);
    }
    const metrics = (await watched.app.inject('/metrics')).body;
    const elsewhere = { ...good, requestId: 'r-2', position: { x: -9_000, y: 0, z: 9_000 } };
    const { treasures } = (await watched.app.inject({ method: 'POST', url: '/v1/treasures/search', payload: elsewhere })).json();
    for (const { position } of treasures) expect(Math.abs(position.x + 9_000)).toBeLessThanOrEqual(good.radius);
    expect(metrics).toContain('treasure_odd_searches_total{kind="duplicate"} 1');
    expect(metrics).toMatch(/^treasure_sessions 1$/m);
    expect(Number(/^treasure_session_bytes (\d+)/m.exec(metrics)?.[1])).toBeGreaterThan(900);
    await watched.drain();
  });
});
