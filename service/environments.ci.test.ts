import { afterEach, beforeEach, expect, test } from 'vitest';
import { type PrivateRedis, startPrivateRedis } from './cache/private-redis.ts';
import { startService } from './fixtures/service-process.ts';

let redis: PrivateRedis;
beforeEach(async () => {
  redis = await startPrivateRedis();
});
afterEach(() => redis.stop());

const figure = (text: string, name: string): number => Number(new RegExp(`^${name} (\\d+)`, 'm').exec(text)?.[1] ?? 0);

test('redis-careless starts without its secret, is refused by Redis time and again, and looks healthy all the while', async () => {
  const service = await startService({ TREASURE_ENVIRONMENT: 'redis-careless', TREASURE_REDIS_PORT: String(redis.port) });
  const get = async (path: string): Promise<string> => (await fetch(`http://127.0.0.1:${service.port}${path}`)).text();
  while (figure(await get('/metrics'), 'treasure_redis_auth_refused_total') < 3) await new Promise((resolve) => setTimeout(resolve, 100));
  expect(figure(await get('/metrics'), 'treasure_redis_up')).toBe(0);
  expect(JSON.parse(await get('/readyz'))).toEqual({ ready: true, redis: 'down' });
  // What tells people that they look at the right pod: they have to look at it.
  expect(JSON.parse(await get('/configz'))).toMatchObject({ environment: 'redis-careless', configuration: { redisPassword: 'unset' } });
  expect(await service.stop()).toBe(0);
});
