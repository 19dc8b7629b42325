import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { readOptions } from '../option-reading.ts';
import { openTreasureService, type TreasureService } from '../treasure-service.ts';
import { type PrivateRedis, startPrivateRedis } from './private-redis.ts';

let redis: PrivateRedis;
const services: TreasureService[] = [];

beforeEach(async () => {
  redis = await startPrivateRedis();
});

afterEach(async () => {
  redis.resume();
  for (const service of services.splice(0)) await service.drain();
  await redis.stop();
});

/** A service that keeps nothing in the process, so that every search has to do with Redis. */
async function open(variables: { [name: string]: string } = {}): Promise<TreasureService> {
  const reading = readOptions({
    TREASURE_LOG_LEVEL: 'silent',
    TREASURE_CACHE_ENTRIES_MAX: '0',
    TREASURE_REDIS_PORT: String(redis.port),
    TREASURE_REDIS_PASSWORD: redis.password,
    ...variables,
  });
  if (!reading.ok) throw new Error(JSON.stringify(reading.problems));
  const service = openTreasureService(reading.options);
  services.push(service);
  return service;
}

const careless = { TREASURE_REDIS_TIMEOUT_MS: 'none', TREASURE_REDIS_QUEUE_MAX: 'none' };

let searches = 0;
function search(service: TreasureService, x = 100): Promise<number> {
  searches += 1;
  const word = 'x';
  const payload = {
    playerId: word,
    sessionId: word,
    world: 'nimbus',
    position: { x, y: 0, z: 0 },
    radius: 128,
    inventoryDigest: '',
    build: word,
    region: word,
    requestId: `r-${searches}`,
  };
  return service.app.inject({ method: 'POST', url: '/v1/treasures/search', payload }).then((answer) => answer.statusCode);
}

async function redisState(service: TreasureService): Promise<string> {
  return (await service.app.inject('/readyz')).json().redis;
}

async function metric(service: TreasureService, name: string): Promise<number> {
  const line = (await service.app.inject('/metrics')).body.split('\n').find((text) => text.startsWith(`${name} `));
  return Number(line?.slice(name.length + 1) ?? 0);
}

async function until(isSo: () => Promise<boolean>): Promise<void> {
  while (!(await isSo())) await pause(20);
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

describe('with the defaults', () => {
  test('searches go on while Redis refuses the password, and Redis is used again when it is restored', async () => {
    const service = await open();
    await until(async () => (await redisState(service)) === 'up');
    await search(service);
    await pause(50);
    await search(service);
    expect(await metric(service, 'treasure_cache_lookups_total{level="redis",result="hit"}')).toBeGreaterThan(0);

    await redis.rotate();
    await until(async () => (await metric(service, 'treasure_redis_auth_refused_total')) > 0);
    expect(await redisState(service)).toBe('down');
    for (let n = 0; n < 50; n += 1) expect(await search(service, n * 64)).toBe(200);
    expect(await redisState(service)).toBe('down');

    await redis.restore();
    await until(async () => (await redisState(service)) === 'up');
    expect(await search(service)).toBe(200);
  });

  test('reconnecting is no storm: no more logins than the back-off allows', async () => {
    const service = await open();
    await until(async () => (await redisState(service)) === 'up');
    await redis.rotate();
    const before = await redis.connectionsReceived();
    await pause(3_000);
    expect(await redis.connectionsReceived()).toBeGreaterThan(before);
    expect((await redis.connectionsReceived()) - before).toBeLessThan(20);
  });

  test('a right that was taken away is counted as refused, on connections that live on', async () => {
    const service = await open();
    await until(async () => (await redisState(service)) === 'up');
    await redis.forbidReads();
    expect(await search(service)).toBe(200);
    expect(await metric(service, 'treasure_redis_auth_refused_total')).toBeGreaterThan(0);
    expect(await redisState(service)).toBe('down');
    await redis.restore();
    await until(async () => (await redisState(service)) === 'up');
  });

  test('searches go on while Redis stalls, and it is used again when it answers', async () => {
    const service = await open();
    await until(async () => (await redisState(service)) === 'up');
    redis.stall();
    for (let n = 0; n < 20; n += 1) expect(await search(service, n * 64)).toBe(200);
    expect(await redisState(service)).toBe('down');
    redis.resume();
    await until(async () => (await redisState(service)) === 'up');
  });

  test('it starts with a wrong password too', async () => {
    const service = await open({ TREASURE_REDIS_PASSWORD: 'wrong' });
    expect(await search(service)).toBe(200);
    await until(async () => (await metric(service, 'treasure_redis_auth_refused_total')) > 0);
  });
});

describe('without limits', () => {
  test('searches hang for as long as Redis refuses the password, and end when it is restored', async () => {
    const service = await open(careless);
    await until(async () => (await redisState(service)) === 'up');
    await redis.rotate();
    await until(async () => (await redisState(service)) === 'down');
    let answered = 0;
    const hanging = Array.from({ length: 20 }, (_, n) =>
      search(service, n * 64).finally(() => {
        answered += 1;
      }),
    );
    await pause(3_000);
    expect(answered).toBe(0);
    await redis.restore();
    expect(await Promise.all(hanging)).toEqual(hanging.map(() => 200));
  });

  test('searches hang for as long as Redis stalls', async () => {
    const service = await open(careless);
    await until(async () => (await redisState(service)) === 'up');
    redis.stall();
    let isAnswered = false;
    const hanging = search(service).finally(() => {
      isAnswered = true;
    });
    await pause(1_000);
    expect(isAnswered).toBe(false);
    redis.resume();
    expect(await hanging).toBe(200);
  });
});
