import { readdir } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { operations } from '../core/outcome.ts';
import type { Report, ReportWindow } from '../rehearsal/report/format.ts';
import { readReport } from './fixtures/expected.ts';
import { inSandbox, registered, type Sandbox, strayFiles } from './fixtures/sandbox.ts';
import { type Ended, runTool } from './fixtures/tool.ts';
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
