import { cp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import type { RunRecord } from '../rehearsal/record.ts';
import { reportOf } from '../rehearsal/report-of-run.ts';
import { recordedRun } from './fixtures/runner-folder.ts';
import { splitRun } from './fixtures/split-run.ts';
import { changeLines, changeReport, merged, openTable } from './fixtures/table.ts';

const held = await recordedRun();
const table = await openTable();
afterAll(() => table.clear());

describe('a part that is not there', () => {
  test('a missing runner makes the verdict inconclusive, and it says how many', async () => {
    const [one, two] = (await table.leave(splitRun(held.record, 3, 7), held)) as [string, string];
    const report = await merged([one, two], { runners: 3 });
    expect(report.verdict).toMatchObject({ status: 'inconclusive', cleanup: 'restored' });
    expect(report.verdict.because).toEqual(['1 of 3 runners is missing: their players are not in these figures']);
    expect(report.exitCode).toBe(2);
  });

  test('so does a runner whose seconds end early, by name', async () => {
    const [one, two] = splitRun(held.record, 2, 8) as [RunRecord, RunRecord];
    const folders = await table.leave([one, { ...two, slices: two.slices.filter((slice) => slice.toMs <= 15_000) }], held);
    const report = await merged(folders, { runners: 2 });
    expect(report.verdict.status).toBe('inconclusive');
    expect(report.verdict.because).toEqual([`${folders[1]} is short: its seconds end at 15.0 s, the run at 35.0 s`]);
  });

  test('and a conductor whose seconds end early', async () => {
    const [one, two] = splitRun(held.record, 2, 8) as [RunRecord, RunRecord];
    const folders = await table.leave([one, two], held);
    await changeLines(join(folders[0] as string, 'seconds.ndjson'), (lines) => lines.slice(0, 4 * 12));
    const report = await merged(folders);
    expect(report.verdict.status).toBe('inconclusive');
    expect(report.verdict.because[0]).toMatch(/runner-1 is short/);
    expect(report.durationMs).toBe(held.report.durationMs);
  });

  test('a runner without any seconds is short, and not a mistake of the user', async () => {
    const folders = await table.leave(splitRun(held.record, 2, 9), held);
    await rm(join(folders[1] as string, 'seconds.ndjson'));
    const report = await merged(folders);
    expect(report.verdict.because).toEqual([`${folders[1]} is short: its seconds end at 0.0 ms, the run at 35.0 s`]);
  });

  test('a torn last line is left out and told, and the rest counts', async () => {
    const folders = await table.leave(splitRun(held.record, 2, 10), held);
    await changeLines(join(folders[1] as string, 'seconds.ndjson'), (lines) => [
      ...lines.slice(0, -1),
      (lines.at(-1) as string).slice(0, 60),
    ]);
    const report = await merged(folders);
    expect(report.verdict.status).toBe('inconclusive');
    expect(report.verdict.because[0]).toMatch(/runner-2: line \d+ is torn$/);
    expect(report.windows.slice(0, 6)).toEqual(held.report.windows.slice(0, 6));
  });

  test('a hole in the middle is told with its place', async () => {
    const folders = await table.leave(splitRun(held.record, 2, 11), held);
    await changeLines(join(folders[1] as string, 'seconds.ndjson'), (lines) => lines.filter((line) => !/"fromMs":(5000|6000),/.test(line)));
    const report = await merged(folders);
    expect(report.verdict.because).toEqual([`${folders[1]}: there is nothing from 5000 to 7000 ms`]);
  });

  test('a runner that was killed before it wrote a report makes it inconclusive, a killed conductor interrupts', async () => {
    const folders = await table.leave(splitRun(held.record, 2, 12), held);
    await cp(join(folders[0] as string, 'journal.ndjson'), join(folders[1] as string, 'journal.ndjson'));
    await changeLines(join(folders[1] as string, 'journal.ndjson'), (lines) =>
      lines.filter((line) => !line.includes('"fault"')).map((line) => line.replaceAll('simulated-7', 'simulated-7-other')),
    );
    await rm(join(folders[1] as string, 'report.json'));
    const report = await merged(folders);
    expect(report.verdict.status).toBe('inconclusive');
    expect(report.verdict.because.join('\n')).toMatch(/runner-2 was ended from outside/);
    await rm(join(folders[0] as string, 'report.json'));
    expect((await merged(folders)).verdict.status).toBe('interrupted');
  });

  test('a runner that does not say how late it was is not trusted', async () => {
    const folders = await table.leave(splitRun(held.record, 2, 13), held);
    await changeReport(folders[1] as string, (report) => ({ ...report, generator: { dropped: 0 } }));
    const report = await merged(folders);
    expect(report.verdict.because).toEqual([`${folders[1]} does not say how late its generator was (generator.lagUs in report.json)`]);
  });
});

describe('what a runner said of itself', () => {
  test('a doubt that figures do not show stays a doubt', async () => {
    const doubtful = { ...held.record, unsteady: ['no steady state before redis-auth: p99 swings'] };
    const report = await merged(await table.leave(splitRun(doubtful, 2, 14), held));
    expect(report.verdict.status).toBe('inconclusive');
    expect(report.verdict.because[0]).toBe('no steady state before redis-auth: p99 swings');
  });

  test('a guard, a signal and a failed undo of the conductor end the run of all in the same way', async () => {
    const guarded: RunRecord = { ...held.record, interruption: { kind: 'guard', text: 'useful share of search below 0.5 for 5s' } };
    const signalled: RunRecord = { ...held.record, interruption: { kind: 'signal', signal: 'SIGINT' } };
    for (const record of [guarded, signalled]) {
      const report = await merged(await table.leave(splitRun(record, 2, 15), held));
      expect([report.verdict, report.exitCode]).toEqual([reportOf(record).verdict, reportOf(record).exitCode]);
    }
    const stuck = {
      ...held.record,
      faults: held.record.faults.map((fault) => ({ ...fault, restore: 'failed' as const, undoneAtMs: null, recoveredAtMs: null })),
    };
    const entries = held.entries.filter((entry) => entry.event !== 'undone');
    const report = await merged(await table.leave(splitRun(stuck, 2, 15), { ...held, entries }));
    expect([report.verdict.cleanup, report.exitCode]).toEqual(['failed', 4]);
  });

  test('another runner that was interrupted leaves a hole and does not interrupt the run', async () => {
    const [one, two] = splitRun(held.record, 2, 16) as [RunRecord, RunRecord];
    const folders = await table.leave([one, { ...two, interruption: { kind: 'signal', signal: 'SIGTERM' } }], held);
    expect((await merged(folders)).verdict).toMatchObject({
      status: 'inconclusive',
      because: [`${folders[1]} was interrupted by SIGTERM`],
    });
  });
});
