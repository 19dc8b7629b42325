import { readdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import type { Report } from '../rehearsal/report/format.ts';
import { expectNothingLeft, expectRunIsOver, readReport, runFiles } from './fixtures/expected.ts';
import { listeningPorts, processesNaming } from './fixtures/leftovers.ts';
import { fileBeside, inSandbox, registered } from './fixtures/sandbox.ts';
import { runTool, startTool } from './fixtures/tool.ts';

const short = fileBeside('fixtures/short.ts');
const brisk = fileBeside('fixtures/brisk.ts');
const timeout = 120_000;

test(
  'a rehearsal with --json holds, tells both faults and their recovery in one JSON document, and leaves nothing behind',
  { timeout },
  () =>
    inSandbox(async (sandbox) => {
      const tool = startTool(sandbox, ['rehearse', short, '--seed', '7', '--json', '--out', sandbox.out]);
      await tool.said('during redis-auth');
      const running = processesNaming([(await registered(sandbox)).join().replace('.json', '')]);
      const ports = listeningPorts(running.map((line) => Number.parseInt(line, 10)));
      // Conductor, watchdog, one process of players, cache, three pods of two processes each; the cache and each of these listen.
      expect(running).toHaveLength(10);
      expect(ports).toHaveLength(7);

      const { exitCode, stdout, stderr } = await tool.ended;
      expect({ exitCode, stderr }).toMatchObject({ exitCode: 0 });
      const report = await readReport(sandbox);
      expect(JSON.parse(stdout)).toEqual(report);
      expect(report.verdict).toMatchObject({ status: 'held', cleanup: 'restored' });
      expectBothFaultsBitten(report);
      expect(report.faults.map((fault) => fault.recoveredAfterMs)).toEqual([expect.any(Number), expect.any(Number)]);
      expect(report.cacheEngine).toMatch(/^redis-server \d/);
      expect((await readdir(sandbox.out)).sort()).toEqual(runFiles);
      await expectNothingLeft(sandbox, ports);
    }),
);

test('two rehearsals side by side in one folder and with one registry do not meet', { timeout }, () =>
  inSandbox(async (sandbox) => {
    const seeds = [11, 12];
    const both = await Promise.all(seeds.map((seed) => runTool(sandbox, ['rehearse', brisk, '--seed', String(seed), '--json'])));
    const reports = both.map(({ stdout }): Report => JSON.parse(stdout));
    expect(both.map(({ exitCode }) => exitCode)).toEqual([0, 0]);
    expect(reports.map((report) => report.seed)).toEqual(seeds);
    expect(new Set(reports.map((report) => report.runId)).size).toBe(2);
    for (const report of reports) expectBothFaultsBitten(report);
    const [one = '', two = '', ...others] = (await readdir(join(sandbox.cwd, 'runs'))).sort();
    expect([one, two]).toEqual([expect.stringMatching(/-brisk-11$/), expect.stringMatching(/-brisk-12$/)]);
    expect(others).toEqual(['latest']);
    for (const folder of [one, two]) await expectRunIsOver({ ...sandbox, out: join(sandbox.cwd, 'runs', folder) });
    expect(await registered(sandbox)).toEqual([]);
  }),
);

test('without a Redis on the machine the embedded cache server serves, both faults bite, and nobody calls it Redis', { timeout }, () =>
  inSandbox(async (sandbox) => {
    const path = { PATH: dirname(process.execPath) };
    const { exitCode, stderr } = await runTool(sandbox, ['rehearse', brisk, '--seed', '9', '--json', '--out', sandbox.out], path);
    expect({ exitCode, stderr }).toMatchObject({ exitCode: 0 });
    const report = await readReport(sandbox);
    expect(report.cacheEngine).toBe('embedded cache server');
    expect(stderr).not.toMatch(/redis-server|valkey/i);
    expectBothFaultsBitten(report);
    await expectNothingLeft(sandbox);
  }),
);

function expectBothFaultsBitten({ faults }: Report): void {
  expect(faults.map(({ id, bite }) => [id, bite.proven])).toEqual([
    ['pod-kill', true],
    ['redis-auth', true],
  ]);
}
