import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import type { RunRecord } from '../rehearsal/record.ts';
import { type Report, reportSchema } from '../rehearsal/report/format.ts';
import { reportOf } from '../rehearsal/report-of-run.ts';
import { recordedRun } from './fixtures/runner-folder.ts';
import { splitRun } from './fixtures/split-run.ts';
import { merged, openTable, written } from './fixtures/table.ts';

const held = await recordedRun();
const broken = await recordedRun(({ podsReady }) => (podsReady < 3 ? 'refuses' : 'none'));
const table = await openTable();
afterAll(() => table.clear());

describe('what several runners saw, merged, is what one would have seen', () => {
  test('the runs that are split here are worth it: one held, one broken, both with faults, windows and examples', () => {
    expect([held.report.verdict.status, broken.report.verdict.status]).toEqual(['held', 'broken']);
    expect(held.report.windows).toHaveLength(7);
    expect(broken.report.findings.flatMap((finding) => finding.examples)).not.toEqual([]);
  });

  test('windows, quantiles, expectations and verdict are exactly the same, however its actions were dealt to whom', async () => {
    await fc.assert(
      fc.asyncProperty(fc.boolean(), fc.integer({ min: 2, max: 5 }), fc.nat(), async (isHeld, runners, seed) => {
        const run = isHeld ? held : broken;
        const folders = await table.leave(splitRun(run.record, runners, seed), run);
        const report = await merged(seed % 2 === 0 ? folders : [...folders].reverse(), { runners });
        expect(whatCounts(report)).toEqual(whatCounts(run.report));
      }),
      { numRuns: 12 },
    );
  });

  test('the deal is a real one: no runner by itself saw the quantiles of all', async () => {
    const parts = splitRun(held.record, 3, 1);
    const alone = parts.map((part) => reportOf(part).windows.map((window) => window.operations.search.latencyUs.p99));
    for (const figures of alone) expect(figures).not.toEqual(held.report.windows.map((window) => window.operations.search.latencyUs.p99));
  });

  test('merging some and then the rest is merging all of them', async () => {
    const [one, two, three] = (await table.leave(splitRun(held.record, 3, 4), held)) as [string, string, string];
    const early = join(table.root, 'early');
    await written([one, two], early);
    expect(whatCounts(await merged([early, three]))).toEqual(whatCounts(held.report));
  });

  test('it does not matter whether a runner is named by its folder, its seconds or its report', async () => {
    const [one, two, three] = (await table.leave(splitRun(broken.record, 3, 5), broken)) as [string, string, string];
    const report = await merged([join(two, 'seconds.ndjson'), join(three, 'report.json'), one]);
    expect(whatCounts(report)).toEqual(whatCounts(broken.report));
  });

  test('examples still lead to a player and a request, and findings still say why', async () => {
    const report = await merged(await table.leave(splitRun(broken.record, 2, 6), broken));
    expect(report.findings.map(({ text }) => text)).toEqual(broken.report.findings.map(({ text }) => text));
    expect(report.findings[0]?.text).toMatch(/: refused with 503/);
    const first = broken.report.findings[0]?.examples[0];
    expect(report.findings.flatMap((finding) => finding.examples)).toContainEqual(first);
  });
});

describe('runners that are not in step', () => {
  test('one that began a little later is put on the time axis of the conductor, and nothing of it is lost', async () => {
    const [one, two] = splitRun(held.record, 2, 21) as [RunRecord, RunRecord];
    const header = { ...two.header, startedAt: new Date(Date.parse(two.header.startedAt) + 300).toISOString() };
    const report = await merged(await table.leave([one, { ...two, header }], held));
    expect(report.verdict.status).toBe('held');
    expect(report.durationMs).toBe(held.report.durationMs + 300);
    expect(report.windows.map(({ name }) => name)).toEqual(held.report.windows.map(({ name }) => name));
    expect(plannedIn(report)).toBe(plannedIn(held.report));
    expect(report.notes.join('\n')).toMatch(/\d+ seconds? of .*runner-2 lies? on both sides of a window's edge/);
  });

  test('loads of several machines each have a crowd and a seed of their own', async () => {
    const load = (nth: number, part: RunRecord): RunRecord => ({
      ...part,
      ...{ faults: [], pods: [], podsReadyAt: [] },
      header: { ...part.header, kind: 'load', scenario: 'http://127.0.0.1:8080', seed: nth, expect: [], environment: 'unknown' },
    });
    const whole = load(1, held.record);
    const folders = await table.leave(
      splitRun(held.record, 3, 22).map((part, nth) => load(nth + 1, part)),
      { ...held, entries: [] },
    );
    const report = await merged(folders, { runners: 3 });
    expect(report.windows).toEqual(reportOf(whole).windows);
    expect(report.crowd).toEqual(reportOf(whole).crowd);
    expect(report.verdict.status).toBe(reportOf(whole).verdict.status);
    expect(report.notes).toContain('each runner had a crowd of its own, from the seeds 1, 2, 3');
  });
});

test('what is written is what any run leaves behind, and a report of the published format', async () => {
  const out = join(table.root, 'all');
  await written(await table.leave(splitRun(held.record, 2, 23), held), out);
  expect((await readdir(out)).sort()).toEqual([
    'journal.ndjson',
    'junit.xml',
    'report.html',
    'report.json',
    'seconds.ndjson',
    'summary.md',
  ]);
  expect(whatCounts(reportSchema.parse(JSON.parse(await readFile(join(out, 'report.json'), 'utf8'))))).toEqual(whatCounts(held.report));
  expect(await readFile(join(out, 'junit.xml'), 'utf8')).toContain('useful share of chain in before');
  expect(await readFile(join(out, 'report.html'), 'utf8')).toContain('joined from 2 runners');
});

/** Everything that follows from figures, and the verdict. */
function whatCounts(report: Report) {
  const { windows, expectations, verdict, exitCode, faults, pods, seconds, crowd, durationMs } = report;
  const { lagUsP99, lagCount, lagUs, dropped } = report.generator;
  // Why it went wrong comes from examples, of which a report keeps a few only.
  const findings = report.findings.map(({ text, window, operation }) => ({ text: text.split(': ')[0], window, operation }));
  const generator = { lagUsP99, lagCount, lagUs, dropped };
  return { windows, expectations, verdict, exitCode, faults, pods, seconds, crowd, durationMs, findings, generator };
}

function plannedIn({ windows }: Report): number {
  return windows.reduce(
    (total, { operations }) => total + operations.search.planned + operations.spawns.planned + operations.biome.planned,
    0,
  );
}
