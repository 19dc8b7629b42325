import { afterEach, beforeEach, expect, test } from 'vitest';
import { type PrivateRedis, startPrivateRedis } from '../cache/private-redis.ts';
import { readOptions } from '../option-reading.ts';
import type { Serving } from '../program.ts';
import { type FakeMain, startFakeMain } from './fixtures/fake-main.ts';
import { openSidecar } from './sidecar.ts';

let redis: PrivateRedis;
let main: FakeMain;
const running: Serving[] = [];

beforeEach(async () => {
  redis = await startPrivateRedis();
  main = await startFakeMain();
});
afterEach(async () => {
  for (const serving of running.splice(0)) await serving.drain();
  await main.stop().catch(() => {});
  await redis.stop();
});

async function start(upstreamPort: number): Promise<string> {
  const reading = readOptions({
    TREASURE_ENVIRONMENT: 'sidecar',
    TREASURE_LOG_LEVEL: 'silent',
    TREASURE_UPSTREAM_PORT: String(upstreamPort),
    TREASURE_REDIS_PORT: String(redis.port),
    TREASURE_REDIS_PASSWORD: redis.password,
  });
  if (!reading.ok) throw new Error(JSON.stringify(reading.problems));
  const sidecar = openSidecar(reading.options);
  running.push(sidecar);
  const origin = `http://127.0.0.1:${await sidecar.listen()}`;
  await until(async () => (await redisState(origin)) === 'up');
  return origin;
}

const spawnsOf = (n: number): string => `/v1/spawns?near=t-0-${n}-1-0&radius=64`;
const statusOf = (url: string) => fetch(url).then(({ status }) => status);
const textOf = (url: string) => fetch(url).then((answer) => answer.text());

async function redisState(origin: string): Promise<string> {
  return ((await (await fetch(`${origin}/readyz`)).json()) as { redis: string }).redis;
}

async function until(isSo: () => Promise<boolean>): Promise<void> {
  while (!(await isSo())) await new Promise((resolve) => setTimeout(resolve, 20));
}

test('what one pod was told another finds in Redis, while its own main process is dead', async () => {
  const told = await textOf((await start(main.port)) + spawnsOf(1));
  // The fake main process has a creature of its own: what is worked out without it reads differently.
  const other = await start(1);
  expect(await textOf(other + spawnsOf(1))).toBe(told);
  expect(main.heard).toHaveLength(1);
});

test('while Redis refuses its password the main process is asked, and nobody waits', async () => {
  const origin = await start(main.port);
  await redis.rotate();
  await until(async () => (await redisState(origin)) === 'down');
  for (let n = 1; n < 30; n += 1) expect(await statusOf(origin + spawnsOf(n))).toBe(200);
  await redis.restore();
  await until(async () => (await redisState(origin)) === 'up');
});
