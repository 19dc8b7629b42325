import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { processesOfRun, signal } from '../../machine/process-table.ts';
import { type Bench, endpointsOf } from '../contract.ts';
import { serviceBench } from './fixtures/bench.ts';

const biome = '/v1/biomes/verdania/0/0/map?size=8';

/** One environment for all: each start takes a second or two. */
describe('pods with a sidecar', () => {
  let bench: Bench;

  beforeAll(async () => {
    const made = await serviceBench({ cache: 'embedded', accessLog: true });
    bench = { ...made, environment: { ...made.environment, name: 'sidecar', pods: 1, podMemoryMiB: null } };
    await bench.platform.up(bench.environment, () => {});
  });

  afterAll(async () => {
    await bench.platform.down();
    expect(await bench.leftovers()).toEqual([]);
    await bench.clear();
  });

  test('players come to the sidecar, which asks the main process and writes down what it answered', async () => {
    const [{ origin = '' } = {}] = endpointsOf(bench.platform);
    expect(rolesOf(bench)).toEqual(['cache', 'pod', 'sidecar']);
    expect((await fetch(origin + biome)).status).toBe(200);
    const counted = await readFile(join(bench.environment.folder, 'logs', 'pod-1.access'), 'utf8');
    expect(counted.split('\n').filter((line) => line.endsWith(' biome 200'))).toHaveLength(1);
    const publishers = bench.platform.publishers?.() ?? [];
    expect(publishers.map(({ pod, role }) => `${pod} ${role}`)).toEqual(['pod-1 service', 'pod-1 sidecar']);
    // Both have counted it, each in its own metrics.
    expect(await bench.platform.metric('treasure_requests_total', { operation: 'biome' })).toBe(2);
  });

  test('only the sidecar knows the password of Redis', async () => {
    expect(await bench.platform.metric('treasure_redis_up', {})).toBe(1);
    const [main] = processesNamed(bench, 'pod');
    expect(await readFile(`/proc/${main?.pid}/environ`, 'latin1')).not.toContain('TREASURE_REDIS_PASSWORD');
  });

  test('a main process that dies alone is replaced, and the sidecar finds the new one', async () => {
    const [main] = processesNamed(bench, 'pod');
    const front = bench.platform.pods()[0]?.process ?? null;
    if (main !== undefined) signal(main, 'SIGKILL');
    await expect.poll(() => bench.platform.pods()[0]?.restarts).toBe(1);
    expect(await bench.platform.awaitReady('pod-1', null, 15_000)).toBe(true);
    expect(bench.platform.pods()[0]?.process).toEqual(front);
    const [{ origin = '' } = {}] = endpointsOf(bench.platform);
    expect((await fetch(`${origin}/v1/biomes/verdania/64/64/map?size=8`)).status).toBe(200);
  });

  test.each([
    { lot: 0, ends: 'sidecar', sparesPlace: 1 },
    { lot: 1, ends: 'main', sparesPlace: 0 },
  ])('a crash on which lot $lot falls ends the $ends alone, and the other one lives on', async ({ lot, ends, sparesPlace }) => {
    const { platform } = bench;
    const { processes: before = [], restarts = 0, exits = [] } = platform.pods()[0] ?? {};
    const spared = before[sparesPlace] ?? null;
    const killed = await platform.crash('pod-1', lot);
    expect([killed, ...before.filter(platform.isAlive)]).toEqual([before[lot], spared]);
    expect(endpointsOf(platform)).toEqual([]);
    expect(platform.pods()[0]).toMatchObject({ state: expect.stringMatching(/backing-off|starting/), processes: [spared] });
    expect(await platform.awaitReady('pod-1', killed, 15_000)).toBe(true);
    const after = platform.pods()[0];
    expect(after).toMatchObject({ state: 'ready', restarts: restarts + 1 });
    expect(after?.processes[sparesPlace]).toEqual(spared);
    expect(after?.processes[lot]).not.toEqual(killed);
    expect(after?.exits.slice(exits.length).map(({ code, container = 'main' }) => `${code} ${container}`)).toEqual([`137 ${ends}`]);
    // Whoever waits for the end of the one that was spared is told so, although the pod is Ready.
    expect(await platform.awaitReady('pod-1', spared, 50)).toBe(false);
    const [{ origin = '' } = {}] = endpointsOf(platform);
    expect((await fetch(`${origin}${biome}`)).status).toBe(200);
  });

  test('a crash of the whole pod ends both of its processes, and both come back', async () => {
    const { processes: before = [], exits = [] } = bench.platform.pods()[0] ?? {};
    const killed = await bench.platform.crash('pod-1');
    expect(killed).toEqual(before[0]);
    expect(before.map(bench.platform.isAlive)).toEqual([false, false]);
    expect(await bench.platform.awaitReady('pod-1', killed, 15_000)).toBe(true);
    const [pod] = bench.platform.pods();
    const ended = pod?.exits.slice(exits.length).map(({ code, container = 'main' }) => `${code} ${container}`);
    expect(ended?.sort()).toEqual(['137 main', '137 sidecar']);
    expect(pod?.sidecarRssBytesMax).toBeGreaterThan(0);
    expect(pod?.rssBytesMax).toBeGreaterThan(pod?.sidecarRssBytesMax ?? 0);
  });
});

test('where the secret is missing Redis refuses every pod, while what people look at is a staging that runs beside', async () => {
  const made = await serviceBench({ cache: 'embedded' });
  const { platform } = made;
  const environment = { ...made.environment, name: 'redis-careless', pods: 1, podMemoryMiB: null };
  try {
    await platform.up(environment, () => {});
    await expect.poll(() => platform.metric('treasure_redis_auth_refused_total', {}), { timeout: 5_000 }).toBeGreaterThan(0);
    const { shown = [], played = [] } = (await platform.telemetry?.identities()) ?? {};
    expect(played).toMatchObject([{ environment: 'redis-careless', redisUp: false }]);
    expect(shown).toMatchObject([{ environment: 'staging', redisUp: true, redisAuthRefused: 0 }]);
    expect(endpointsOf(platform)).toHaveLength(1);
    const [{ origin = '' } = {}, ...others] = platform.publishers?.() ?? [];
    expect(others).toEqual([]);
    expect(await (await fetch(`${origin}/metrics`)).text()).toContain('treasure_info{environment="staging"');
  } finally {
    await platform.down();
    expect(await made.leftovers()).toEqual([]);
    await made.clear();
  }
});

test('options and environments that the service does not know are problems before anything starts', async () => {
  const made = await serviceBench({ cache: 'embedded' });
  const service = { moonPhase: 3, redisTimeoutMs: 'soon', upstreamPort: 80 };
  const problems = await made.platform.check({ ...made.environment, name: 'utopia', service });
  expect(problems.map(({ place }) => place).sort()).toEqual([
    'environment',
    'service.moonPhase',
    'service.redisTimeoutMs',
    'service.upstreamPort',
  ]);
  await made.clear();
});

function rolesOf({ environment }: Bench): readonly string[] {
  return processesOfRun(environment.runId)
    .map(({ title }) => title.split(' ')[1] ?? '')
    .sort();
}

function processesNamed({ environment }: Bench, role: string) {
  return processesOfRun(environment.runId).filter(({ title }) => title.startsWith(`launchstorm ${role} `));
}
