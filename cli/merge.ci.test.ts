import { join } from 'node:path';
import { expect, test } from 'vitest';
import { operations } from '../core/outcome.ts';
import { type Report, reportSchema } from '../rehearsal/report/format.ts';
import { inSandbox } from './fixtures/sandbox.ts';
import { runTool } from './fixtures/tool.ts';
import { startTreasureServer } from './fixtures/treasure-server.ts';

test('two loads on one server, merged, count what the server counted', { timeout: 60_000 }, () =>
  inSandbox(async (sandbox) => {
    const server = await startTreasureServer('empty-chests');
    try {
      const folders = [join(sandbox.root, 'one'), join(sandbox.root, 'two')];
      const load = (out: string, seed: string) =>
        runTool(sandbox, ['load', server.url, '--players', '60', '--for', '5s', '--seed', seed, '--out', out, '--quiet']);
      const loads = await Promise.all(folders.map((folder, nth) => load(folder, String(nth + 1))));
      // On a machine that is busy with other things a generator may be late; it counts right all the same.
      for (const { exitCode } of loads) expect([0, 2]).toContain(exitCode);
      const { stdout } = await runTool(sandbox, ['merge', ...folders, '--runners', '2', '--json', '--out', sandbox.out]);
      const report: Report = reportSchema.parse(JSON.parse(stdout));
      const [run] = report.windows;
      for (const operation of operations) expect(run?.operations[operation].sent).toBe(server.counted[operation]);
      expect(run?.operations.search.empty).toBe(server.emptied());
      expect(run?.operations.search.latencyUs.count).toBe(server.counted.search);
      expect(report.crowd.players).toBe(120);
    } finally {
      await server.close();
    }
  }),
);
