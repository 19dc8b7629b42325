import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { leaveRunners, recordedRun } from '../analysis/fixtures/runner-folder.ts';
import { splitRun } from '../analysis/fixtures/split-run.ts';
import { reportSchema } from '../rehearsal/report/format.ts';
import { inSandbox } from './fixtures/sandbox.ts';
import { runTool } from './fixtures/tool.ts';

const run = await recordedRun();
const broken = await recordedRun(({ podsReady }) => (podsReady < 3 ? 'refuses' : 'none'));

describe('launchstorm merge', () => {
  test('ends as one run would have ended: 0 held, 1 broken, 2 with a runner missing', async () => {
    await inSandbox(async (sandbox) => {
      const folders = await leaveRunners(join(sandbox.root, 'held'), splitRun(run.record, 3, 1), run.entries);
      const whole = await runTool(sandbox, ['merge', ...folders, '--runners', '3', '--out', sandbox.out]);
      expect([whole.exitCode, whole.stderr]).toEqual([0, '']);
      expect(whole.stdout).toMatch(/held/i);
      expect(whole.stdout).toContain(join(sandbox.out, 'report.html'));
      expect(await readdir(sandbox.out)).toEqual(
        expect.arrayContaining(['report.html', 'report.json', 'junit.xml', 'seconds.ndjson', 'summary.md']),
      );
      const short = await runTool(sandbox, ['merge', ...folders.slice(0, 2), '--runners', '3', '--out', join(sandbox.root, 'short')]);
      expect([short.exitCode, short.stdout]).toEqual([2, expect.stringContaining('1 of 3 runners is missing')]);
      const bad = await leaveRunners(join(sandbox.root, 'broken'), splitRun(broken.record, 2, 1), broken.entries);
      expect((await runTool(sandbox, ['merge', ...bad, '--out', join(sandbox.root, 'bad')])).exitCode).toBe(1);
    });
  });

  test('puts its report into runs/ where nobody says where, and on stdout for a script', async () => {
    await inSandbox(async (sandbox) => {
      const folders = await leaveRunners(join(sandbox.root, 'held'), splitRun(run.record, 2, 2), run.entries);
      const ended = await runTool(sandbox, ['merge', ...folders, '--json'], { LAUNCHSTORM_RUNNERS: '2' });
      expect(ended.exitCode).toBe(0);
      const report = reportSchema.parse(JSON.parse(ended.stdout));
      expect(report.windows).toEqual(run.report.windows);
      const written = await readFile(join(sandbox.cwd, 'runs/latest/report.json'), 'utf8');
      expect(JSON.parse(written)).toEqual(report);
      expect((await readdir(join(sandbox.cwd, 'runs'))).find((name) => name !== 'latest')).toMatch(/^\d{8}-\d{6}-merge-simulated-7$/);
    });
  });

  test('refuses with every problem at once, writes nothing and ends with 64', async () => {
    await inSandbox(async (sandbox) => {
      const folders = await leaveRunners(join(sandbox.root, 'held'), splitRun(run.record, 2, 3), run.entries);
      const args = ['merge', ...folders, folders[1] as string, 'nowhere', '--runners', 'two', '--averaged', '--out', sandbox.out];
      const ended = await runTool(sandbox, args);
      expect([ended.exitCode, ended.stdout]).toEqual([64, '']);
      for (const place of ['--runners: two', '--averaged: unknown option', 'nowhere: is not there', 'once more: the same file']) {
        expect(ended.stderr).toContain(place);
      }
      await expect(readdir(sandbox.out)).rejects.toThrow('ENOENT');
    });
  });

  test('is called as docs/seconds.md calls it', async () => {
    await inSandbox(async (sandbox) => {
      await leaveRunners(join(sandbox.cwd, 'results'), splitRun(run.record, 2, 4), run.entries);
      const page = await readFile(join(import.meta.dirname, '../docs/seconds.md'), 'utf8');
      const [, words] = /^launchstorm (.+)$/m.exec(page) as RegExpExecArray;
      expect((await runTool(sandbox, (words as string).split(' '))).exitCode).toBe(0);
      expect(await readdir(join(sandbox.cwd, 'both'))).toContain('report.html');
    });
  });
});
