import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { isAlive } from '../../machine/process-table.ts';
import { type CacheProcess, startCacheServer } from '../../protocols/redis-process.ts';
import { platformContract } from '../contract.ts';
import { serviceBench } from './fixtures/bench.ts';

platformContract('local with the real service and a real server', () => serviceBench({ cache: 'real' }));

describe('a Redis that the user brought', () => {
  const password = 'p@ss word/%1';
  let theirs: CacheProcess;
  let folder: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'launchstorm-theirs-'));
    theirs = await startCacheServer({ runId: `theirs-${randomBytes(4).toString('hex')}`, folder, password, prefer: 'real' });
  });

  afterAll(async () => {
    await theirs.stop();
    await rm(folder, { recursive: true, force: true });
  });

  const urlWith = (secret: string) => `redis://default:${encodeURIComponent(secret)}@${theirs.host}:${theirs.port}`;

  test('is used, named as theirs, and left running', async () => {
    const bench = await serviceBench({});
    const environment = { ...bench.environment, pods: 1, redisUrl: urlWith(password) };
    expect(await bench.platform.check(environment)).toEqual([]);
    await bench.platform.up(environment, () => {});
    expect(bench.platform.cache()).toEqual({
      engine: expect.stringMatching(/^(redis|valkey)-server \d+\.\d+\.\d+ \(yours\)$/),
      host: theirs.host,
      port: theirs.port,
      username: 'default',
      password,
      owned: false,
    });
    await expect.poll(() => bench.platform.metric('treasure_redis_up', {}), { timeout: 5_000 }).toBe(1);
    await bench.platform.down();
    expect(await bench.leftovers()).toEqual([]);
    expect(isAlive(theirs.process)).toBe(true);
    await bench.clear();
  });

  test('with the wrong password is a problem before anything starts', async () => {
    const bench = await serviceBench({});
    const environment = { ...bench.environment, redisUrl: urlWith('wrong-secret') };
    const problems = await bench.platform.check(environment);
    expect(problems.map((problem) => problem.place)).toEqual(['LAUNCHSTORM_REDIS_URL']);
    expect(problems[0]?.problem).toContain('WRONGPASS');
    expect(JSON.stringify(problems)).not.toContain('wrong-secret');
    await expect(bench.platform.up(environment, () => {})).rejects.toThrow('WRONGPASS');
    expect(await bench.leftovers()).toEqual([]);
    await bench.clear();
  });
});
