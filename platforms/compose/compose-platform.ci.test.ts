import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { engineAt } from '../../protocols/docker/engine.ts';
import { projectLabel, projectOfRun, removeProject } from '../../protocols/docker/project.ts';
import { type Bench, platformContract } from '../contract.ts';
import type { Environment } from '../platform.ts';
import { createComposePlatform } from './compose-platform.ts';
import { type DockerBench, openDocker } from './fixtures/docker-bench.ts';

// Containers on a busy machine: some seconds to come, each time.
vi.setConfig({ testTimeout: 90_000, hookTimeout: 240_000 });

let docker: DockerBench;

beforeAll(async () => {
  docker = await openDocker();
  for (const [name, value] of Object.entries(docker.environment)) process.env[name] = value;
});
afterAll(() => docker.close());

let nth = 0;

async function benchOf(): Promise<Bench> {
  const runId = `contract-${process.pid}-${nth++}`;
  const folder = await mkdtemp(join(tmpdir(), 'launchstorm-compose-'));
  const environment: Environment = {
    name: 'sidecar',
    runId,
    seed: 1,
    pods: 3,
    service: {},
    podMemoryMiB: null,
    backoffScale: 0.1,
    folder,
    redisUrl: null,
  };
  const project = { name: projectOfRun(runId), engine: docker.address };
  return {
    platform: createComposePlatform({ engine: docker.address, taken: null }),
    environment,
    // Said by the sidecar and by the main process behind it.
    metric: { name: 'treasure_info', labels: {}, perPod: 2 },
    leftovers: () => containersOf(project.name),
    async clear() {
      await removeProject(project);
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function containersOf(project: string): Promise<readonly string[]> {
  const engine = engineAt(docker.address);
  return engine.containers(projectLabel(project)).finally(() => engine.close());
}

platformContract('compose', benchOf);

describe('platform compose', () => {
  test('Prometheus is told of every sidecar and main process, and of a pod that is back at its new address', async () => {
    const { platform, environment, clear } = await benchOf();
    const published = () => platform.publishers?.() ?? [];
    const named = () => published().map(({ pod, role }) => `${pod} ${role}`);
    const everybody = ['pod-1', 'pod-2', 'pod-3'].flatMap((pod) => [`${pod} service`, `${pod} sidecar`]);
    try {
      await platform.up(environment, () => {});
      expect(named()).toEqual(everybody);
      for (const { origin } of published()) {
        const answer = await fetch(`${origin}/metrics`);
        expect([answer.status, await answer.text()]).toEqual([200, expect.stringContaining('treasure_info{')]);
      }
      const killed = await platform.crash('pod-1');
      expect(named()).not.toContain('pod-1 service');
      expect(await platform.awaitReady('pod-1', killed, 30_000)).toBe(true);
      expect(named()).toEqual(everybody);
      const origins = published().flatMap(({ pod, origin }) => (pod === 'pod-1' ? [origin] : []));
      for (const origin of origins) expect((await fetch(`${origin}/metrics`)).status).toBe(200);
    } finally {
      await platform.down();
      await clear();
    }
  });

  test('a secret is in nobody’s configuration, and a container stopped through the engine is not back by itself', async () => {
    const { platform, environment, clear } = await benchOf();
    const engine = engineAt(docker.address);
    try {
      await platform.up(environment, () => {});
      const password = platform.cache()?.password ?? '';
      expect(password.length).toBeGreaterThan(20);
      for (const id of await containersOf(projectOfRun(environment.runId))) {
        expect(await docker.docker('inspect', id)).not.toContain(password);
        expect(await engine.logs(id, 1_000)).not.toContain(password);
      }
      const [pod] = platform.pods();
      const { ids } = platform.containers?.() ?? { ids: {} as { [pod: string]: string } };
      await docker.docker('kill', ids['pod-1'] as string);
      expect(await platform.awaitReady('pod-1', pod?.process ?? null, 3_000)).toBe(false);
      await engine.start(ids['pod-1'] as string);
      expect(await platform.awaitReady('pod-1', pod?.process ?? null, 30_000)).toBe(true);
    } finally {
      await platform.down();
      await engine.close();
      await clear();
    }
  });
});
