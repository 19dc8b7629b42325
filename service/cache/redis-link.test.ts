import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { FakeRedis } from './fake-redis.ts';
import { reconnectDelayMs } from './redis-client.ts';
import { openRedisLink, type RedisLinkOptions } from './redis-link.ts';
import type { SharedCache } from './shared-cache.ts';

const careful: RedisLinkOptions = { timeoutMs: 25, queueMax: 0, ttlSeconds: 60 };
const careless: RedisLinkOptions = { timeoutMs: null, queueMax: null, ttlSeconds: 60 };
const wrongPassword = 'WRONGPASS invalid username-password pair or user is disabled.';

const opened: SharedCache[] = [];

function open(options: RedisLinkOptions) {
  const redis = new FakeRedis();
  const told: string[] = [];
  let refused = 0;
  const link = openRedisLink(redis, options, {
    onAuthRefused: () => {
      refused += 1;
    },
    onError: (reason) => told.push(`error ${reason}`),
    onChange: (state, reason) => told.push(reason === null ? state : `${state} ${reason}`),
  });
  opened.push(link);
  return { redis, link, told, refused: () => refused };
}

/** What a promise has come to after so many milliseconds of fake time. */
async function after<T>(ms: number, promise: Promise<T>): Promise<T | 'still waiting'> {
  let state: T | 'still waiting' = 'still waiting';
  void promise.then((value) => {
    state = value;
  });
  await vi.advanceTimersByTimeAsync(ms);
  return state;
}

beforeEach(() => {
  vi.useFakeTimers();
});

afterEach(() => {
  for (const link of opened.splice(0)) link.close();
  vi.useRealTimers();
});

describe('a careful link', () => {
  test('reads and writes while Redis is up', async () => {
    const { redis, link } = open(careful);
    redis.comeUp();
    link.write('k', 'v');
    expect(await link.read('k')).toEqual({ kind: 'hit', text: 'v' });
    expect(await link.read('other')).toEqual({ kind: 'miss' });
  });

  test('does not touch a Redis that is away, and is told of it once', async () => {
    const { redis, link, told } = open(careful);
    redis.comeUp();
    redis.fail('Socket closed unexpectedly');
    redis.fail('connect ECONNREFUSED 127.0.0.1:1');
    expect(await link.read('k')).toEqual({ kind: 'bypass' });
    expect(redis.asked).toEqual([]);
    expect(told.filter((line) => line.startsWith('down'))).toEqual(['down connection']);
  });

  test('a caller in a hurry goes on without it, and that says nothing about Redis', async () => {
    const { redis, link, told } = open(careful);
    redis.comeUp();
    redis.stalled = true;
    expect(await after(6, link.read('k', 5))).toEqual({ kind: 'lost' });
    expect([link.state(), told.filter((line) => line.startsWith('down'))]).toEqual(['up', []]);
    expect(await after(26, link.read('k', 400))).toEqual({ kind: 'lost' });
    expect(link.state()).toBe('down');
  });

  test('counts every refused login, and is back as soon as Redis is', async () => {
    const { redis, link, told, refused } = open(careful);
    for (let attempt = 0; attempt < 3; attempt += 1) redis.fail(wrongPassword);
    expect(refused()).toBe(3);
    expect(link.state()).toBe('down');
    redis.comeUp();
    expect(await link.read('k')).toEqual({ kind: 'miss' });
    expect(told.filter((line) => !line.startsWith('error'))).toEqual(['down auth', 'up']);
  });

  test('waits for a stalled Redis no longer than it may, then not at all, until it answers again', async () => {
    const { redis, link } = open(careful);
    redis.comeUp();
    redis.stalled = true;
    const first = link.read('k');
    expect(await after(24, first)).toBe('still waiting');
    expect(await after(3, first)).toEqual({ kind: 'lost' });
    expect(await after(0, link.read('k'))).toEqual({ kind: 'bypass' });
    redis.resume();
    await vi.advanceTimersByTimeAsync(0);
    expect(await link.read('k')).toEqual({ kind: 'miss' });
  });

  test('notices a stall without any traffic', async () => {
    const { redis, link } = open(careful);
    redis.comeUp();
    redis.stalled = true;
    await vi.advanceTimersByTimeAsync(1_000);
    expect(link.state()).toBe('down');
  });

  test('counts a refused read and keeps off until reads are allowed again', async () => {
    const { redis, link, refused } = open(careful);
    redis.comeUp();
    redis.refusal = new Error("NOPERM this user has no permissions to run the 'get' command");
    expect(await link.read('k')).toEqual({ kind: 'lost' });
    expect(await link.read('k')).toEqual({ kind: 'bypass' });
    expect(refused()).toBeGreaterThan(0);
    redis.refusal = null;
    await vi.advanceTimersByTimeAsync(600);
    expect(await link.read('k')).toEqual({ kind: 'miss' });
  });

  test('an answer that is an error but no refusal costs a hit, not the link', async () => {
    const { redis, link, told } = open(careful);
    redis.comeUp();
    redis.refusal = new Error('WRONGTYPE Operation against a key holding the wrong kind of value');
    expect(await link.read('k')).toEqual({ kind: 'lost' });
    expect(link.state()).toBe('up');
    expect(told).toContain('error other');
  });
});

describe('a careless link', () => {
  test('hangs for as long as Redis refuses, then answers', async () => {
    const { redis, link } = open(careless);
    redis.fail(wrongPassword);
    const read = link.read('k');
    expect(await after(600_000, read)).toBe('still waiting');
    redis.comeUp();
    expect(await read).toEqual({ kind: 'miss' });
  });

  test('hangs for as long as Redis stalls', async () => {
    const { redis, link } = open(careless);
    redis.comeUp();
    redis.stalled = true;
    const read = link.read('k');
    expect(await after(600_000, read)).toBe('still waiting');
    redis.resume();
    expect(await read).toEqual({ kind: 'miss' });
  });

  test('lets everybody go when the service ends', async () => {
    const { redis, link } = open(careless);
    redis.fail(wrongPassword);
    const read = link.read('k');
    link.close();
    expect(await read).toEqual({ kind: 'bypass' });
    expect(await link.read('k')).toEqual({ kind: 'bypass' });
  });
});

test('a limited queue lets so many wait, and the others go on at once', async () => {
  const { redis, link } = open({ timeoutMs: 100, queueMax: 2, ttlSeconds: 60 });
  redis.fail('connect ECONNREFUSED 127.0.0.1:1');
  const reads = [link.read('a'), link.read('b'), link.read('c')];
  expect(await after(0, reads[2] as Promise<unknown>)).toEqual({ kind: 'bypass' });
  expect(await after(50, reads[0] as Promise<unknown>)).toBe('still waiting');
  expect(await after(51, reads[0] as Promise<unknown>)).toEqual({ kind: 'bypass' });
});

test('reconnecting waits longer each time, a second at most, and never in step', () => {
  expect([0, 1, 2, 3].map((retries) => reconnectDelayMs(retries, 0.999))).toEqual([50, 100, 200, 400]);
  expect(reconnectDelayMs(100, 0.999)).toBe(1_000);
  expect(reconnectDelayMs(100, 0)).toBe(500);
});
