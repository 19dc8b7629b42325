import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { deploymentOf, publishedBy } from '../local/published.ts';
import type { Environment } from '../platform.ts';
import { newContainerPod, noteExit, publishersOf, reasonOf, statusOf } from './container-pod.ts';
import { names, overridesFor } from './overrides.ts';

const composeFile = readFileSync(new URL('../../docker-compose.yml', import.meta.url), 'utf8');
const program = new URL('../../service/main.ts', import.meta.url).pathname;

const environment: Environment = {
  name: 'sidecar',
  runId: 'Run.1',
  seed: 7,
  pods: 5,
  service: { redisTimeoutMs: null },
  podMemoryMiB: null,
  backoffScale: 0.1,
  folder: '/nowhere',
  redisUrl: null,
};

type Variables = { [name: string]: string };

/** Services by name, each with its lines. */
function services(): ReadonlyMap<string, string> {
  const body = composeFile.slice(composeFile.indexOf('\nservices:\n'), composeFile.indexOf('\nvolumes:\n'));
  const parts = body.split(/\n {2}(?=[a-z0-9]+:\n)/).slice(1);
  return new Map(parts.map((part) => [part.slice(0, part.indexOf(':')), part]));
}

test('every service of docker-compose.yml is hardened, limited, and heard on this machine only', () => {
  expect([...services().keys()]).toEqual(['prepare', 'treasure', 'redis', 'dragonfly', 'prometheus', 'grafana', 'k6']);
  for (const [name, lines] of services()) {
    expect({ name, lines }).toMatchObject({ lines: expect.stringContaining('<<: *hardened') });
    expect({ name, limited: /\n {4}mem_limit: \d+m\n/.test(lines) }).toEqual({ name, limited: true });
    const ports = /\n {4}ports:([\s\S]*?)(?=\n {4}[\w#]|$)/.exec(lines)?.[1] ?? '';
    const published = ports.split(/[\s[\]]+/).filter((word) => /:\d+$/.test(word));
    expect(published.length > 0).toBe(!['prepare', 'k6'].includes(name));
    for (const port of published) expect(port).toMatch(/^127\.0\.0\.1:/);
    // Whoever stays is asked how it is; what an image asks by itself is not known here.
    expect({ name, isAsked: lines.includes('\n    healthcheck:') }).toEqual({ name, isAsked: published.length > 0 });
  }
  expect(composeFile).not.toMatch(/password: *\S|requirepass +\S|image: \S+:latest/i);
});

test('nothing in it calls somebody outside for news, numbers or newer plugins', () => {
  const [grafana, dragonfly, k6] = ['grafana', 'dragonfly', 'k6'].map((name) => services().get(name) ?? '');
  for (const setting of [
    'ANALYTICS_REPORTING_ENABLED: "false"',
    'ANALYTICS_CHECK_FOR_UPDATES: "false"',
    'ANALYTICS_CHECK_FOR_PLUGIN_UPDATES: "false"',
    'NEWS_NEWS_FEED_ENABLED: "false"',
    'PLUGINS_PREINSTALL_DISABLED: "true"',
  ])
    expect(grafana).toContain(`GF_${setting}`);
  expect(dragonfly).toContain('--version_check=false');
  expect(k6).toContain('--no-usage-report');
});

test('a run lays its environment over it, and no secret', async () => {
  const published = await publishedBy(program);
  const overrides = overridesFor(environment, { published, deployment: deploymentOf(published, 'sidecar'), engine: 'unix:///x.sock' });
  expect(overrides).toMatchObject({
    name: 'launchstorm-run-1',
    'x-launchstorm': { engine: 'unix:///x.sock' },
    services: {
      [names.service]: {
        deploy: { replicas: 5 },
        environment: { TREASURE_ENVIRONMENT: 'sidecar', TREASURE_REDIS_TIMEOUT_MS: 'none', TREASURE_WORLD_SEED: '7', POD_SIDECAR: 'yes' },
        mem_limit: '1088m',
      },
    },
  });
  // The same limits as in the file, or `docker compose up` would be another environment.
  const { environment: variables, mem_limit: limit } = overrides.services[names.service] as { environment: Variables; mem_limit: string };
  expect(services().get(names.service)).toContain(`mem_limit: ${limit}\n`);
  for (const name of ['TREASURE_MEMORY_BYTES_MAX', 'TREASURE_SIDECAR_MEMORY_BYTES_MAX']) {
    expect(services().get(names.service)).toContain(`${name}: "${variables[name]}"\n`);
  }
  const plain = overridesFor(
    { ...environment, name: 'plain', podMemoryMiB: 256 },
    { published, deployment: deploymentOf(published, 'plain'), engine: 'x' },
  );
  expect(plain.services[names.service]).toMatchObject({
    environment: { POD_SIDECAR: 'no', TREASURE_MEMORY_BYTES_MAX: '268435456' },
    mem_limit: '320m',
  });
});

test('sidecar and main process publish each for itself, a pod without a sidecar by its front door, and a dead one nothing', () => {
  const pod = newContainerPod('pod-1', 'id');
  expect(publishersOf(pod)).toEqual([]);
  const alive = { ...pod, front: 'http://127.0.0.1:1', behind: 'http://127.0.0.1:2' };
  expect(publishersOf({ ...alive, hasSidecar: true })).toEqual([
    { pod: 'pod-1', role: 'service', origin: 'http://127.0.0.1:2' },
    { pod: 'pod-1', role: 'sidecar', origin: 'http://127.0.0.1:1' },
  ]);
  expect(publishersOf(alive)).toEqual([{ pod: 'pod-1', role: 'service', origin: 'http://127.0.0.1:1' }]);
  expect(publishersOf({ ...alive, stopped: true })).toEqual([]);
});

test('an exit is told as what it was', () => {
  const silent = { overMemory: false, message: '' };
  expect(reasonOf(137, silent)).toEqual({ kind: 'killed', code: 137, by: 'signal' });
  expect(reasonOf(137, { ...silent, overMemory: true })).toEqual({ kind: 'killed', code: 137, by: 'memory-limit' });
  expect(reasonOf(134, silent)).toEqual({ kind: 'out-of-heap', code: 134 });
  expect(reasonOf(64, { ...silent, message: 'no' })).toEqual({ kind: 'refused-to-start', code: 64, message: 'no' });
  expect(reasonOf(0, silent)).toEqual({ kind: 'exited', code: 0 });
  const pod = newContainerPod('pod-1', 'id');
  for (let n = 0; n < 300; n++) noteExit(pod, reasonOf(n, silent));
  expect(statusOf(pod)).toMatchObject({ state: 'starting', restarts: 0, process: null });
  expect(statusOf(pod).exits.length).toBe(200);
});
