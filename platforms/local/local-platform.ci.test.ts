import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { isAlive } from '../../machine/process-table.ts';
import { type CacheProcess, startCacheServer } from '../../protocols/redis-process.ts';
import { type Bench, platformContract } from '../contract.ts';
import { passing, serviceBench } from './fixtures/bench.ts';

platformContract('local with the real service and a real server', () => serviceBench({ cache: 'real' }));

describe('the process of a pod, as the kernel sees it', () => {
  let bench: Bench;
  let pid = 0;

  beforeAll(async () => {
    bench = await serviceBench({ cache: 'real' });
    await bench.platform.up({ ...bench.environment, pods: 1 }, () => {});
    pid = bench.platform.pods()[0]?.process?.pid ?? 0;
  });

  afterAll(async () => {
    await bench.platform.down();
    await bench.clear();
  });

  test('holds nothing of our environment but PATH and where compiled code is kept, and the password there only', () => {
    const password = bench.platform.cache()?.password ?? '';
    const names = readFileSync(`/proc/${pid}/environ`, 'utf8')
      .split('\0')
      .flatMap((line) => line.split('=')[0] ?? []);
    expect(names.filter((name) => name !== '' && !name.startsWith('TREASURE_'))).toEqual(['PATH', 'NODE_COMPILE_CACHE']);
    expect(readFileSync(`/proc/${pid}/environ`, 'utf8')).toContain(`TREASURE_REDIS_PASSWORD=${password}`);
    expect(readFileSync(`/proc/${pid}/cmdline`, 'utf8')).not.toContain(password);
  });

  test('leads a session of its own, so that Ctrl-C in our terminal does not reach it', () => {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const [, , group, session] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    expect([Number(group), Number(session)]).toEqual([pid, pid]);
  });
});

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
    const bench = await passing(serviceBench({}));
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
  });

  test('with the wrong password is a problem before anything starts', async () => {
    const bench = await passing(serviceBench({}));
    const environment = { ...bench.environment, redisUrl: urlWith('wrong-secret') };
    const problems = await bench.platform.check(environment);
    expect(problems.map((problem) => problem.place)).toEqual(['LAUNCHSTORM_REDIS_URL']);
    expect(problems[0]?.problem).toContain('WRONGPASS');
    expect(JSON.stringify(problems)).not.toContain('wrong-secret');
    await expect(bench.platform.up(environment, () => {})).rejects.toThrow('WRONGPASS');
    expect(await bench.leftovers()).toEqual([]);
  });
});
