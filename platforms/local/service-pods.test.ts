import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { processesOfRun } from '../../machine/process-table.ts';
import { type Bench, endpointsOf } from '../contract.ts';
import { passing, serviceBench } from './fixtures/bench.ts';

/** One environment for all: each start of three real pods takes a second or two. */
describe('the real service and the embedded cache in a box', () => {
  let bench: Bench;

  beforeAll(async () => {
    bench = await serviceBench({ cache: 'embedded', accessLog: true });
    await bench.platform.up(bench.environment, () => {});
  });

  afterAll(async () => {
    await bench.platform.down();
    expect(await bench.leftovers()).toEqual([]);
    await bench.clear();
  });

  test('every pod talks to the cache that the platform started', async () => {
    expect(bench.platform.cache()).toMatchObject({ owned: true, username: 'default', engine: 'embedded cache server' });
    expect(await bench.platform.metric('treasure_redis_up', {})).toBe(3);
    expect(await bench.platform.metric('treasure_redis_auth_refused_total', {})).toBe(0);
  });

  test('a search through a ready endpoint finds treasure, and the pods count it', async () => {
    const { pod, origin } = endpointsOf(bench.platform)[0] ?? { pod: '', origin: '' };
    const body = JSON.stringify({
      playerId: 'p-1',
      sessionId: 's-1',
      world: 'verdania',
      position: { x: 10, y: 64, z: -20 },
      radius: 256,
      filters: {},
      inventoryDigest: '',
      build: 'test',
      region: 'eu',
      requestId: 'r-1',
    });
    const answer = await fetch(`${origin}/v1/treasures/search`, { method: 'POST', headers: { 'content-type': 'application/json' }, body });
    expect(answer.status).toBe(200);
    expect(((await answer.json()) as { treasures: unknown[] }).treasures.length).toBeGreaterThan(0);
    expect(await bench.platform.metric('treasure_requests_total', { operation: 'search', outcome: 'ok' })).toBe(1);
    const counted = await readFile(join(bench.environment.folder, 'logs', `${pod}.access`), 'utf8');
    expect(counted.split('\n').filter((line) => / search 200$/.test(line)).length).toBe(1);
  });

  test('the password of the cache is in no command line of the run', () => {
    const password = bench.platform.cache()?.password ?? '';
    expect(password.length).toBeGreaterThan(20);
    const commandLines = processesOfRun(bench.environment.runId).map((process) => process.title);
    expect(commandLines.length).toBe(4);
    expect(commandLines.filter((line) => line.includes(password))).toEqual([]);
  });

  test('a crashed pod comes back in another process and finds the cache again', async () => {
    const killed = await bench.platform.crash('pod-3');
    expect(await bench.platform.metric('treasure_redis_up', {})).toBe(2);
    expect(await bench.platform.awaitReady('pod-3', killed, 15_000)).toBe(true);
    await expect.poll(() => bench.platform.metric('treasure_redis_up', {}), { timeout: 5_000 }).toBe(3);
  });

  test('an option that the service does not know makes up reject in the words of the service', async () => {
    const other = await passing(serviceBench({ cache: 'embedded' }));
    const up = other.platform.up({ ...other.environment, pods: 1, service: { moonPhase: 3 } }, () => {});
    await expect(up).rejects.toThrow(/^pod-1 refused to start \(64\): TREASURE_MOON_PHASE is not an option/);
    expect(await other.leftovers()).toEqual([]);
  });

  test('down as soon as the cache is up stops it before any pod is Ready', async () => {
    const other = await passing(serviceBench({ cache: 'embedded' }));
    let down: Promise<void> | null = null;
    const up = other.platform.up(other.environment, () => {
      down ??= other.platform.down();
    });
    await expect(up).rejects.toThrow('taken down');
    await down;
    expect(await other.leftovers()).toEqual([]);
  });
});
