import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Wishes } from '../prepare.ts';
import { exportedFiles } from './exported-files.ts';
import { prepareK6 } from './k6-plan.ts';

/** A TestRun's spec as it is written down, and what is said of it. */
async function exported(wishes: Wishes): Promise<{ spec: { parallelism: number; runner: { env: readonly object[] } }; next: string }> {
  const folder = await mkdtemp(join(tmpdir(), 'launchstorm-export-'));
  try {
    const prepared = await prepareK6('launch-day', { seed: 7, ...wishes });
    if (!prepared.ok) throw new Error(JSON.stringify(prepared.problems));
    const { files, told } = await exportedFiles('testrun', 'launch-day', { plan: prepared.value, out: folder, parallelism: 3 });
    const text = files.find(({ path }) => path.endsWith('testrun.yaml'))?.text ?? '';
    return { ...(JSON.parse(text.replace(/^#.*$/gm, '')) as { spec: never }), next: told.next.join('\n') };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

test('runners are told where to play; where nobody said it, that is said before the files are applied', async () => {
  const silent = await exported({});
  expect(silent.spec).toMatchObject({ parallelism: 3, runner: { env: [] } });
  expect(silent.next).toMatch(/^Nobody said where to play: export again with --target URL, .*testrun\.yaml\nPlay it: kubectl apply/);
  const told = await exported({ target: 'http://127.0.0.1:8080' });
  expect(told.spec.runner.env).toEqual([{ name: 'LAUNCHSTORM_TARGET', value: 'http://127.0.0.1:8080' }]);
  expect(told.next).toMatch(/^Play it: kubectl apply/);
});
