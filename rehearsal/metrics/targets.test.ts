import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Publisher } from '../../platforms/platform.ts';
import { inFolder } from '../fixtures/folder.ts';
import { targetGroups } from './targets.ts';
import { openTargetsFile, targetsName } from './targets-file.ts';

const asked = { runId: 'r-1', environment: 'sidecar' };
const pods = (...ports: readonly number[]): readonly Publisher[] =>
  ports.map((port, index) => ({ pod: `pod-${index + 1}`, role: 'service', origin: `http://127.0.0.1:${port}` }));

test('a pod keeps its name over its restarts, whatever port it has, and says what was asked for', () => {
  const sidecar: Publisher = { pod: 'pod-1', role: 'sidecar', origin: 'http://127.0.0.1:7001' };
  expect(targetGroups('127.0.0.1:9464', [...pods(7000), sidecar], asked)).toEqual([
    { targets: ['127.0.0.1:9464'], labels: { job: 'launchstorm' } },
    { targets: ['127.0.0.1:7000'], labels: { job: 'treasure-service', instance: 'pod-1', asked_environment: 'sidecar', run: 'r-1' } },
    { targets: ['127.0.0.1:7001'], labels: { job: 'treasure-sidecar', instance: 'pod-1', asked_environment: 'sidecar', run: 'r-1' } },
  ]);
});

test('the file always holds what was shown last, and nothing once the run is over', () =>
  inFolder(async (folder) => {
    const complaints: string[] = [];
    const file = openTargetsFile(folder, (line) => complaints.push(line));
    for (const port of [7000, 7001, 7002]) file.show(targetGroups('127.0.0.1:1', pods(port), asked));
    const read = async () => JSON.parse(await readFile(join(folder, targetsName), 'utf8'));
    while ((await read().catch(() => [])).length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    await file.close();
    expect(await read()).toEqual([]);
    expect(complaints).toEqual([]);
  }));

test('a folder in which nothing can be written is said once', async () => {
  const complaints: string[] = [];
  const file = openTargetsFile('/nowhere', (line) => complaints.push(line));
  for (const port of [7000, 7001]) file.show(targetGroups('127.0.0.1:1', pods(port), asked));
  await file.close();
  expect(complaints).toHaveLength(1);
  expect(complaints[0]).toContain('/nowhere/prometheus-targets.json cannot be written');
});
