import { createHash } from 'node:crypto';
import { readFile, realpath, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { readJournal } from '../chaos/journal.ts';
import type { Problem } from '../core/problem.ts';
import type { Result } from '../core/result.ts';
import { readKilledRun } from '../rehearsal/killed-run.ts';
import type { RunHeader, RunRecord } from '../rehearsal/record.ts';
import { problemsOf } from '../rehearsal/zod-problems.ts';
import { journalHeaderSchema, type RunnerReport, runnerReportSchema } from './runner-report.ts';
import { readSecondsText, type SecondsReading } from './seconds-reading.ts';

/** One runner's part of a run as it lies on the disk: its seconds, and beside them who it was. */
export type Runner = {
  /** As the user named it. */
  place: string;
  /** The file of its seconds, links resolved, and SHA-256 of what is in it: a runner that was named twice is found by either. */
  secondsPath: string;
  digest: string;
  folder: string;
  header: RunnerHeader;
  seconds: SecondsReading;
  /** Null where the runner did not live to write one. */
  report: RunnerReport | null;
  /** What its journal says; null where it has none, as runners without faults. */
  journalled: RunRecord | null;
};

/** Null where neither report nor journal says so. */
export type RunnerHeader = Omit<RunHeader, 'kind' | 'expect'> & { kind: RunHeader['kind'] | null; expect: RunHeader['expect'] | null };

/** About eight hours of a busy crowd; a longer file is not one runner's. */
const secondsBytesMax = 256 * 1024 * 1024;

/** `place`: a run's folder, its `seconds.ndjson` by any name, or its `report.json`. Every problem at once. */
export async function readRunner(place: string): Promise<Result<Runner>> {
  const secondsPath = await secondsPathOf(place);
  if (secondsPath === null) return refused({ place, problem: 'is not there', remedy: "name a run's folder, or its seconds.ndjson" });
  const folder = dirname(secondsPath);
  const bytes = await readBounded(secondsPath);
  if (bytes === null)
    return refused({ place: secondsPath, problem: 'cannot be read', remedy: `a file of at most ${secondsBytesMax} bytes is needed` });
  const seconds = readSecondsText(bytes.toString('utf8'), secondsPath);
  const report = await readReport(join(folder, 'report.json'));
  const journal = await readJournalHeader(folder);
  const problems = [...seconds.problems, ...problemsIn(report), ...problemsIn(journal)];
  if (problems.length > 0 || !report.ok || !journal.ok) return { ok: false, problems };
  const journalled = journal.value === null ? null : await readKilledRun(folder, seconds.slices);
  const header = headerOf(report.value, journalled);
  if (header === null) {
    return refused({
      place,
      problem: 'says not whose seconds these are',
      remedy: `put the runner's report.json or journal.ndjson into ${folder}`,
    });
  }
  const digest = createHash('sha256').update(bytes).digest('hex');
  return { ok: true, value: { place, secondsPath, digest, folder, header, seconds, report: report.value, journalled } };
}

async function secondsPathOf(place: string): Promise<string | null> {
  const path = await realpath(place).catch(() => null);
  if (path === null) return null;
  if ((await stat(path)).isDirectory()) return join(path, 'seconds.ndjson');
  return basename(path) === 'report.json' ? join(dirname(path), 'seconds.ndjson') : path;
}

/** A runner that ended before its first second was written has no file: that is a short runner, and no reason to stop. */
async function readBounded(path: string): Promise<Buffer | null> {
  try {
    if ((await stat(path)).size > secondsBytesMax) return null;
    return await readFile(path);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ENOENT' ? Buffer.alloc(0) : null;
  }
}

async function readReport(path: string): Promise<Result<RunnerReport | null>> {
  const text = await readFile(path, 'utf8').catch(() => null);
  if (text === null) return { ok: true, value: null };
  const written = parseJson(text);
  if (written === undefined) return refused({ place: path, problem: 'is no JSON', remedy: 'make it again: launchstorm render --force' });
  const checked = runnerReportSchema.safeParse(written);
  if (checked.success) return { ok: true, value: checked.data };
  return { ok: false, problems: checked.error.issues.flatMap((issue) => problemsOf(issue, path)) };
}

/** Whether there is a journal with a header that can be used; `readKilledRun` trusts it. */
async function readJournalHeader(folder: string): Promise<Result<true | null>> {
  const { entries } = await readJournal(folder);
  const begun = entries.findLast((entry) => entry.event === 'run');
  if (begun === undefined) return { ok: true, value: null };
  const checked = journalHeaderSchema.safeParse(begun.header);
  if (checked.success) return { ok: true, value: true };
  const place = `${join(folder, 'journal.ndjson')} (line ${begun.seq})`;
  return { ok: false, problems: checked.error.issues.flatMap((issue) => problemsOf(issue, place)) };
}

/** The report was written last and knows most; only the journal knows what was expected. */
function headerOf(report: RunnerReport | null, journalled: RunRecord | null): RunnerHeader | null {
  if (report === null) return journalled?.header ?? null;
  const { runId, scenario, title, environment, platform, seed, startedAt } = report;
  const known = journalled?.header;
  return {
    ...{ runId, scenario, title, environment, platform, seed, startedAt },
    ...report.crowd,
    kind: known?.kind ?? kindOf(report),
    expect: known?.expect ?? report.expect ?? (kindOf(report) === 'load' ? [] : null),
    joinMs: known?.joinMs ?? report.joinMs ?? 0,
    cacheEngine: report.cacheEngine ?? null,
    startedBy: report.startedBy ?? 'unknown',
    commit: report.commit ?? null,
    versions: report.versions ?? {},
    reproduce: report.reproduce ?? '',
  };
}

/** Only a load has a window called `run`, and it has no other. */
function kindOf({ windows }: RunnerReport): RunHeader['kind'] | null {
  if (windows === undefined) return null;
  return windows.some((window) => window.name === 'run') ? 'load' : 'rehearsal';
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function refused(problem: Problem): { ok: false; problems: readonly Problem[] } {
  return { ok: false, problems: [problem] };
}

function problemsIn(result: Result<unknown>): readonly Problem[] {
  return result.ok ? [] : result.problems;
}
