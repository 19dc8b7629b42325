import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { journalName } from '../chaos/journal.ts';
import { type JournalEntry, type JournalEvent, type Moment, nextLine, readLines } from '../chaos/journal-lines.ts';
import type { StretchFigures } from '../simulator/measure/figures.ts';
import { inFolder } from './fixtures/folder.ts';
import { type Rehearsed, rehearse } from './fixtures/simulated-world.ts';
import { readKilledRun } from './killed-run.ts';
import { type Report, reportSchema } from './report/format.ts';
import { reportOf } from './report-of-run.ts';
import { appendSeconds, readSeconds } from './seconds-file.ts';

let whole: Rehearsed;

beforeAll(async () => {
  whole = await rehearse();
});

/** The report of a run of which this was left on the disk, or null. */
function reportFrom(left: { journal: string; seconds: readonly StretchFigures[]; halted?: string }): Promise<Report | null> {
  return inFolder(async (folder) => {
    await writeFile(join(folder, journalName), left.journal);
    await appendSeconds(join(folder, 'seconds.ndjson'), left.seconds);
    if (left.halted !== undefined) await writeFile(join(folder, 'halted'), left.halted);
    const record = await readKilledRun(folder);
    return record === null ? null : reportSchema.parse(reportOf(record));
  });
}

/** The lines of these entries as they would stand in the file. */
function journalOf(entries: readonly JournalEntry[]): string {
  return entries.reduce((text, { seq: _seq, atMs, checksum: _checksum, ...event }) => {
    return text + nextLine(readLines(text), event as JournalEvent, momentAt(atMs));
  }, '');
}

/** On both clocks, as it would have been in that run. */
function momentAt(atMs: number): Moment {
  return { wallMs: Date.parse(whole.report.startedAt) + atMs, nowMs: atMs, boot: null };
}

function until(event: JournalEntry['event'], fault: string): readonly JournalEntry[] {
  const { entries } = whole;
  return entries.slice(0, entries.findIndex((entry) => entry.event === event && 'fault' in entry && entry.fault === fault) + 1);
}

function before(atMs: number): readonly StretchFigures[] {
  return whole.record.slices.filter((slice) => slice.toMs <= atMs);
}

describe('a run that was killed', () => {
  test('with a fault open is told as one where something may still be broken', async () => {
    const report = await reportFrom({ journal: journalOf(until('bitten', 'redis-auth')), seconds: before(24_000) });
    expect(report).toMatchObject({ exitCode: 4, verdict: { status: 'interrupted', cleanup: 'failed' }, durationMs: 24_000 });
    expect(report?.verdict.because[0]).toContain('nobody has put everything back yet');
    expect(report?.faults.map(({ id, undoneAtMs, bite }) => [id, undoneAtMs, bite.proven])).toEqual([
      ['pod-kill', 12_000, true],
      ['redis-auth', null, true],
    ]);
  });

  test('and put back by the watchdog says so, and has windows up to what was measured', async () => {
    const journal = journalOf(until('bitten', 'redis-auth'));
    const of = { fault: 'redis-auth', kind: 'redis-auth', target: 'x', by: 'watchdog' } as const;
    const now = momentAt(24_300);
    const undone = journal + nextLine(readLines(journal), { event: 'undone', ...of, evidence: [] }, now);
    const closed = undone + nextLine(readLines(undone), { event: 'closed', by: 'watchdog' }, now);
    const report = await reportFrom({ journal: closed, seconds: before(24_000) });
    expect(report).toMatchObject({ exitCode: 143, verdict: { status: 'interrupted', cleanup: 'restored' } });
    expect(report?.verdict.because[0]).toContain('watchdog put everything back');
    expect(report?.faults[1]?.undoneAtMs).toBe(24_300);
    expect(report?.windows.at(-1)).toMatchObject({ name: 'during:redis-auth', fromMs: 22_000, toMs: 24_000 });
  });

  test('by halt says who did it', async () => {
    const report = await reportFrom({ journal: journalOf(whole.entries), seconds: before(30_000), halted: 'halted by alice\n' });
    expect(report?.verdict.because[0]).toBe('ended from outside: halted by alice');
  });

  test('has the figures that its conductor would have told, window by window', async () => {
    const report = await reportFrom({ journal: journalOf(whole.entries), seconds: whole.record.slices });
    for (const name of ['warmup', 'before', 'during:pod-kill', 'during:redis-auth']) {
      expect(report?.windows.find((window) => window.name === name)).toEqual(whole.report.windows.find((window) => window.name === name));
    }
  });

  test('a line in the journal a moment after the cut moves no second into the wrong window', async () => {
    const late = whole.entries.map((entry) => ('fault' in entry ? { ...entry, atMs: entry.atMs + 37 } : entry));
    const report = await reportFrom({ journal: journalOf(late), seconds: whole.record.slices });
    expect(report?.windows.find((window) => window.name === 'during:pod-kill')).toMatchObject({ fromMs: 8000, toMs: 12_000 });
  });

  test('before it began has no report', async () => {
    expect(await reportFrom({ journal: '', seconds: [] })).toBe(null);
    expect(await inFolder((folder) => readKilledRun(folder))).toBe(null);
  });

  test('at any byte of its files still has a report that fits', async () => {
    const journal = journalOf(whole.entries);
    const begun = journal.indexOf('\n');
    await inFolder(async (folder) => {
      const paths = { journal: join(folder, journalName), seconds: join(folder, 'seconds.ndjson') };
      await appendSeconds(paths.seconds, whole.record.slices);
      const seconds = await readFile(paths.seconds, 'utf8');
      await fc.assert(
        fc.asyncProperty(fc.nat(journal.length), fc.nat(seconds.length), async (journalBytes, secondsBytes) => {
          await writeFile(paths.journal, journal.slice(0, journalBytes));
          await writeFile(paths.seconds, seconds.slice(0, secondsBytes));
          const record = await readKilledRun(folder);
          expect(record === null).toBe(journalBytes < begun);
          if (record === null) return;
          const report = reportSchema.parse(reportOf(record));
          expect(report.verdict.status).toBe('interrupted');
          expect(report.seconds).toHaveLength((await readSeconds(paths.seconds)).length);
          expect(report.windows.every((window) => window.toMs > window.fromMs && window.toMs <= report.durationMs)).toBe(true);
        }),
        { numRuns: 60 },
      );
    });
  });
});
