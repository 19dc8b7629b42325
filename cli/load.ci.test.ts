import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { operations } from '../core/outcome.ts';
import type { Report, ReportWindow } from '../rehearsal/report/format.ts';
import { readReport } from './fixtures/expected.ts';
import { processesNaming } from './fixtures/leftovers.ts';
import { inSandbox, registered, type Sandbox, strayFiles } from './fixtures/sandbox.ts';
import { type Ended, runTool, startTool } from './fixtures/tool.ts';
import { type Manners, startTreasureServer, type TreasureServer } from './fixtures/treasure-server.ts';

const timeout = 60_000;

test(
  'a server that answers one percent empty chests is reported at exactly that, and every request is counted on both sides',
  { timeout },
  () =>
    onServer('empty-chests', async ({ server, sandbox, load }) => {
      const { exitCode, stdout } = await load('--players', '150', '--for', '8s', '--json');
      const report = await readReport(sandbox);
      expect(JSON.parse(stdout)).toEqual(report);
      expectHeld(report, exitCode);
      const run = onlyWindow(report);
      for (const operation of operations)
        expect([operation, run.operations[operation].sent]).toEqual([operation, server.counted[operation]]);
      const { search } = run.operations;
      expect(search.empty).toBe(server.emptied());
      expect(search.ok).toBe(server.counted.search - server.emptied());
      expect(search.empty / search.sent).toBeCloseTo(0.01, 2);
      expect(search.sent).toBeGreaterThan(200);
      expect(report.findings.some((finding) => finding.operation === 'search' && /empty/i.test(finding.text))).toBe(true);
      expect(await readdir(sandbox.out)).not.toContain('journal.ndjson');
      expect([await registered(sandbox), await strayFiles(sandbox)]).toEqual([[], []]);
    }),
);

test('a load is on the list of what runs, halt ends it, and no other one starts until that is lifted', { timeout }, () =>
  onServer('kind', async ({ server, sandbox }) => {
    const args = ['load', server.url, '--players', '30', '--for', '60s', '--out', sandbox.out];
    const tool = startTool(sandbox, args);
    await tool.said('before');
    const { runs } = JSON.parse((await runTool(sandbox, ['status', '--json'])).stdout);
    expect(runs).toMatchObject([{ scenario: server.url, folder: sandbox.out, conductorAlive: true, open: [] }]);
    // The conductor, and the process that its players play in.
    expect(processesNaming([`run=${runs[0].runId}`])).toHaveLength(2);

    const halted = await runTool(sandbox, ['halt']);
    expect(halted).toMatchObject({ exitCode: 0, stdout: expect.stringContaining(`asked ${runs[0].runId}`), stderr: '' });
    expect((await tool.ended).exitCode).toBe(143);
    expect((await readReport(sandbox)).verdict).toMatchObject({ status: 'interrupted', cleanup: 'nothing' });
    expect(await registered(sandbox)).toEqual([]);

    const other = { ...sandbox, out: join(sandbox.root, 'other') };
    const refused = await runTool(sandbox, [...args.slice(0, -1), other.out]);
    expect(refused).toMatchObject({ exitCode: 64, stderr: expect.stringContaining('halt --lift') });
    expect(await runTool(sandbox, ['halt', '--lift'])).toMatchObject({ exitCode: 0 });
    const short = await runTool(sandbox, ['load', server.url, '--for', '2s', '--out', other.out]);
    expect({ ...short, code: short.exitCode }).toMatchObject({ code: (await readReport(other)).exitCode });
  }),
);

test('a load that was killed is cleared away by recover', { timeout }, () =>
  onServer('kind', async ({ server, sandbox }) => {
    const tool = startTool(sandbox, ['load', server.url, '--players', '30', '--for', '60s', '--out', sandbox.out]);
    await tool.said('before');
    tool.stop('SIGKILL');
    await tool.ended;
    expect(await registered(sandbox)).toHaveLength(1);
    expect(await runTool(sandbox, ['recover'])).toMatchObject({ exitCode: 0 });
    expect(await registered(sandbox)).toEqual([]);
    expect(await readdir(sandbox.out)).not.toContain('journal.ndjson');
  }),
);

test('a server that answers slowly is felt as slow', { timeout }, () =>
  onServer('slow', async ({ sandbox, load }) => {
    const { exitCode } = await load();
    const report = await readReport(sandbox);
    expectHeld(report, exitCode);
    const { search } = onlyWindow(report).operations;
    expect(search.ok).toBe(search.sent);
    expect(search.latencyUs.p50).toBeGreaterThan(390_000);
  }),
);

test.each([
  ['hangs', 'unknown', 2, 'no complete answer to any of'],
  ['closes', 'unknown', 2, 'no complete answer to any of'],
  ['html', 'wrong', 1, 'useful answers in run: 0 of'],
  ['busy', 'refused', 1, 'useful answers in run: 0 of'],
] as const)('what a server sends that %s is counted as %s, one for one, and ends with %i', { timeout }, (manners, outcome, code, words) =>
  onServer(manners, async ({ server, sandbox, load }) => {
    const { exitCode, stdout } = await load();
    const report = await readReport(sandbox);
    const { search } = onlyWindow(report).operations;
    expect(search.sent).toBeGreaterThan(0);
    expect(search[outcome]).toBe(search.sent);
    expect(search.sent).toBe(server.counted.search);
    expect(stdout).toContain(words);
    expect(exitCode).toBe(wasLate(report) ? 2 : code);
  }),
);

test('a server that goes away in the middle is counted as unreachable from then on, and nothing is lost', { timeout }, () =>
  onServer('kind', async ({ server, sandbox, load }) => {
    setTimeout(() => void server.close(), 3000);
    await load('--for', '6s');
    const run = onlyWindow(await readReport(sandbox));
    const total = (field: 'sent' | 'unreachable' | 'ok') =>
      operations.reduce((sum, operation) => sum + run.operations[operation][field], 0);
    const counted = operations.reduce((sum, operation) => sum + server.counted[operation], 0);
    expect(total('unreachable')).toBeGreaterThan(0);
    expect(total('ok')).toBeGreaterThan(0);
    expect(counted).toBeLessThanOrEqual(total('sent'));
    expect(total('ok')).toBeLessThanOrEqual(counted);
  }),
);

/** On a machine that is busy with other things the generator may be late; then that, and nothing else, is what is wrong. */
function expectHeld(report: Report, exitCode: number | null): void {
  const { verdict } = report;
  const late = verdict.because.length === 1 && wasLate(report);
  expect({ exitCode, verdict }).toMatchObject(late ? { exitCode: 2 } : { exitCode: 0, verdict: { status: 'held' } });
}

type Loaded = { server: TreasureServer; sandbox: Sandbox; load(...more: readonly string[]): Promise<Ended> };

function onServer(manners: Manners, work: (loaded: Loaded) => Promise<void>): Promise<void> {
  return inSandbox(async (sandbox) => {
    const server = await startTreasureServer(manners);
    try {
      const load: Loaded['load'] = (...more) =>
        runTool(sandbox, ['load', server.url, '--players', '30', '--for', '3s', '--seed', '7', '--out', sandbox.out, ...more]);
      await work({ server, sandbox, load });
    } finally {
      await server.close();
    }
  });
}

function onlyWindow({ windows }: Report): ReportWindow {
  expect(windows.map((window) => window.name)).toEqual(['run']);
  return windows[0] as ReportWindow;
}

function wasLate({ verdict }: Report): boolean {
  return verdict.because[0]?.startsWith('the generator was late') === true;
}
