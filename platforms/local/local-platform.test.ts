import { existsSync } from 'node:fs';
import { readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { signal } from '../../machine/process-table.ts';
import { type Bench, endpointsOf, namesOf, platformContract } from '../contract.ts';
import type { PodEndpoint } from '../platform.ts';
import { fixtureProgram, hurriedRules, localBench, passing } from './fixtures/bench.ts';
import { watchRules } from './health.ts';

platformContract('local', () => localBench());

describe('local platform', () => {
  let bench: Bench;

  beforeEach(async () => {
    bench = await localBench({ cache: 'none', watch: hurriedRules });
  });

  afterEach(async () => {
    await bench.platform.down();
    await bench.clear();
  });

  async function upAs(habit: string, more: Partial<Bench['environment']> = {}): Promise<void> {
    await bench.platform.up({ ...bench.environment, name: habit, ...more }, () => {});
  }

  test('a pod has nothing but PATH, TREASURE_* and where compiled code is kept', async () => {
    process.env['LAUNCHSTORM_TEST_TOKEN'] = 'must stay here';
    await upAs('plain', { service: { redisTimeoutMs: null, requestTimeoutMs: 50 } });
    delete process.env['LAUNCHSTORM_TEST_TOKEN'];
    const answer = await fetch(`${endpointsOf(bench.platform)[0]?.origin}/environment`);
    const variables = (await answer.json()) as { [name: string]: string };
    expect(Object.keys(variables).filter((name) => !name.startsWith('TREASURE_'))).toEqual(['PATH', 'NODE_COMPILE_CACHE']);
    expect(variables).toMatchObject({ TREASURE_REDIS_TIMEOUT_MS: 'none', TREASURE_REQUEST_TIMEOUT_MS: '50', TREASURE_POD_NAME: 'pod-1' });
  });

  test('a paused pod gets no new connection once its probe fails, and is taken back when it goes on', async () => {
    await upAs('plain');
    const seen: (readonly string[])[] = [];
    const forget = bench.platform.watchEndpoints((endpoints: readonly PodEndpoint[]) => seen.push(namesOf(endpoints)));
    const paused = bench.platform.pods()[0]?.process ?? { pid: 0, startTicks: 0 };
    signal(paused, 'SIGSTOP');
    await eventually(() => bench.platform.pods()[0]?.state === 'unready');
    expect(namesOf(endpointsOf(bench.platform))).toEqual(['pod-2', 'pod-3']);
    signal(paused, 'SIGCONT');
    expect(await bench.platform.awaitReady('pod-1', null, 5_000)).toBe(true);
    forget();
    expect(seen).toEqual([
      ['pod-1', 'pod-2', 'pod-3'],
      ['pod-2', 'pod-3'],
      ['pod-1', 'pod-2', 'pod-3'],
    ]);
    expect(bench.platform.pods()[0]).toMatchObject({ restarts: 0, process: paused });
  });

  test('a pod that stays paused fails its liveness probe and is replaced', async () => {
    await upAs('plain');
    const paused = bench.platform.pods()[0]?.process ?? { pid: 0, startTicks: 0 };
    signal(paused, 'SIGSTOP');
    expect(await bench.platform.awaitReady('pod-1', paused, 10_000)).toBe(true);
    expect(bench.platform.pods()[0]).toMatchObject({ restarts: 1, exits: [{ kind: 'killed', code: 137, by: 'liveness' }] });
  });

  test('a pod that grows beyond its memory limit is killed for it', async () => {
    await upAs('leaks', { pods: 1, podMemoryMiB: 160 });
    await eventually(() => (bench.platform.pods()[0]?.exits.length ?? 0) > 0);
    expect(bench.platform.pods()[0]?.exits[0]).toEqual({ kind: 'killed', code: 137, by: 'memory-limit' });
  });

  test('a pod whose heap grows gives up below its memory limit, which is told from a kill', async () => {
    // Near its heap limit a pod is deaf for a while: an impatient liveness probe would come first.
    const patient = await passing(localBench({ watch: { ...hurriedRules, liveness: watchRules.liveness } }));
    await patient.platform.up({ ...patient.environment, name: 'hoards', pods: 1, podMemoryMiB: 192 }, () => {});
    await eventually(() => (patient.platform.pods()[0]?.exits.length ?? 0) > 0);
    expect(patient.platform.pods()[0]?.exits[0]).toEqual({ kind: 'out-of-heap', code: 134 });
  });

  test('the second crash in a row has to wait, the first has not', async () => {
    await upAs('plain', { pods: 1, backoffScale: 0.05 });
    const first = await bench.platform.crash('pod-1');
    expect(await bench.platform.awaitReady('pod-1', first, 5_000)).toBe(true);
    const second = await bench.platform.crash('pod-1');
    const crashedAtMs = performance.now();
    expect(bench.platform.pods()[0]).toMatchObject({ state: 'backing-off', process: null });
    await expect(bench.platform.crash('pod-1')).rejects.toThrow('backing-off');
    expect(await bench.platform.awaitReady('pod-1', second, 5_000)).toBe(true);
    expect(performance.now() - crashedAtMs).toBeGreaterThan(450);
    expect(bench.platform.pods()[0]?.restarts).toBe(2);
  });

  test('a pod that refuses to start makes up reject with what it said, and nothing is left', async () => {
    await expect(upAs('refuses')).rejects.toThrow(
      /^pod-[123] refused to start \(64\): TREASURE_MOON is not an option of this service; -> leave it out$/,
    );
    expect(await bench.leftovers()).toEqual([]);
    expect(bench.platform.pods()[0]?.state).toBe('stopped');
  });

  test('a pod that never becomes Ready makes up reject in the end, and nothing is left', async () => {
    const impatient = await passing(localBench({ cache: 'none', watch: hurriedRules, upMsMax: 400 }));
    await expect(impatient.platform.up({ ...impatient.environment, name: 'unready' }, () => {})).rejects.toThrow(
      /not ready after 400 ms: pod-1 starting/,
    );
    expect(await impatient.leftovers()).toEqual([]);
  });

  test('a process that never listens is killed for it', async () => {
    const rules = { ...hurriedRules, startingMsMax: 300 };
    const mute = await passing(localBench({ cache: 'none', watch: rules, upMsMax: 800 }));
    await expect(mute.platform.up({ ...mute.environment, name: 'mute', pods: 1 }, () => {})).rejects.toThrow(/not ready/);
    expect(mute.platform.pods()[0]?.exits[0]).toEqual({ kind: 'killed', code: 137, by: 'liveness' });
  });

  test('what a pod reports of itself, and what the machine says about it, is kept at its worst', async () => {
    await upAs('plain', { pods: 1 });
    await eventually(() => (bench.platform.pods()[0]?.gcShareMax ?? 0) > 0);
    expect(bench.platform.pods()[0]?.gcShareMax).toBe(0.125);
    expect(bench.platform.pods()[0]?.rssBytesMax).toBeGreaterThan(10_000_000);
  });

  test('logs stay behind, each process appending to its pod, and the private folder does not', async () => {
    await upAs('plain');
    const killed = await bench.platform.crash('pod-1');
    await bench.platform.awaitReady('pod-1', killed, 5_000);
    const { folder } = bench.environment;
    expect((await stat(join(folder, 'private'))).mode & 0o777).toBe(0o700);
    await bench.platform.down();
    expect((await readdir(join(folder, 'logs'))).sort()).toEqual(['pod-1.log', 'pod-2.log', 'pod-3.log']);
    expect(await readFile(join(folder, 'logs', 'pod-1.log'), 'utf8')).toBe('pod-1 listens\npod-1 listens\n');
    expect(existsSync(join(folder, 'private'))).toBe(false);
  });

  test('a Redis of the user that does not answer, or to which the URL does not lead, is a problem that names it and no password', async () => {
    const silent = createServer();
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
    const { port } = silent.address() as AddressInfo;
    await new Promise((resolve) => silent.close(resolve));
    const check = (redisUrl: string) => bench.platform.check({ ...bench.environment, redisUrl });
    for (const url of [`redis://me:hunter2@127.0.0.1:${port}`, 'redis://127.0.0.1:6379', 'http://me:hunter2@127.0.0.1']) {
      const problems = await check(url);
      expect(problems.map((problem) => problem.place)).toEqual(['LAUNCHSTORM_REDIS_URL']);
      expect(JSON.stringify(problems)).not.toContain('hunter2');
    }
  });

  test('a folder that cannot be made and a program that is not there are problems, both at once', async () => {
    const file = join(bench.environment.folder, 'a-file');
    await writeFile(file, '');
    const other = await passing(localBench({ program: `${fixtureProgram}.missing` }));
    const problems = await other.platform.check({ ...bench.environment, folder: join(file, 'below') });
    expect(problems.map((problem) => problem.place)).toEqual(['service', 'folder']);
  });
});

async function eventually(isTrue: () => boolean): Promise<void> {
  const untilMs = performance.now() + 15_000;
  while (!isTrue()) {
    if (performance.now() > untilMs) throw new Error('it never became true');
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
