import { copyFile, mkdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { journalName } from '../chaos/journal.ts';
import type { Problem } from '../core/problem.ts';
import type { Result } from '../core/result.ts';
import { newRunId } from '../rehearsal/identity.ts';
import type { RunRecord } from '../rehearsal/record.ts';
import { writeReportFiles } from '../rehearsal/report/files.ts';
import type { Report } from '../rehearsal/report/format.ts';
import { reportOf } from '../rehearsal/report-of-run.ts';
import { chooseFolder, folderProblems, tidyRuns } from '../rehearsal/run-folder.ts';
import { appendSeconds } from '../rehearsal/seconds-file.ts';
import { familyOf } from './kinship.ts';
import { mergedRecord } from './merged-record.ts';
import { readRunner } from './runner.ts';

export type MergeWishes = {
  /** Folder of the report; it must not hold anything yet. */
  out?: string;
  keep?: number;
  /** How many runners there were: fewer than that make the verdict inconclusive. */
  runners?: number;
};

/** Everything read and joined, nothing written yet. `conductor`: folder of the run that broke things. */
export type PreparedMerge = { record: RunRecord; conductor: string; folder: string; keep: number };

const keepDefault = 20;

/** Several runners' seconds as the record of one run, or every reason why they are none. */
export async function prepareMerge(places: readonly string[], wishes: MergeWishes): Promise<Result<PreparedMerge>> {
  const readings = await Promise.all(places.map(readRunner));
  const read = readings.flatMap((reading) => (reading.ok ? [reading.value] : []));
  const early = [
    ...readings.flatMap((reading) => (reading.ok ? [] : reading.problems)),
    ...countProblems(places, wishes),
    ...(await folderProblems(wishes.out ?? '', wishes.out)),
  ];
  const family = familyOf(read);
  // Without a single runner that can be read there is nothing to say about their kinship.
  if (!family.ok) return { ok: false, problems: [...early, ...(read.length > 0 ? family.problems : [])] };
  if (early.length > 0) return { ok: false, problems: early };
  const now = new Date();
  const record = mergedRecord(family.value, newRunId(now), wishes.runners ?? null);
  const { scenario, seed } = record.header;
  const folder = chooseFolder(wishes.out, `merge-${basename(scenario).replace(/\.\w+$/, '')}`, seed, now);
  return { ok: true, value: { record, conductor: family.value.lead.folder, folder, keep: wishes.keep ?? keepDefault } };
}

/** The same files as any run's, so that what was merged can be merged again. */
export async function writeMerge({ record, conductor, folder, keep }: PreparedMerge): Promise<Report> {
  const report = reportOf(record);
  await mkdir(folder, { recursive: true });
  await appendSeconds(join(folder, 'seconds.ndjson'), record.slices);
  await copyJournal(conductor, folder);
  await writeReportFiles(folder, report);
  await tidyRuns(folder, keep);
  return report;
}

/** What was broken and put back is still told by whoever did it. */
async function copyJournal(from: string, to: string): Promise<void> {
  await copyFile(join(from, journalName), join(to, journalName)).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT') throw error;
  });
}

function countProblems(places: readonly string[], { runners }: MergeWishes): readonly Problem[] {
  if (places.length === 0)
    return [{ place: 'merge', problem: 'no runner was named', remedy: "name the runners' folders, or their seconds.ndjson" }];
  if (runners === undefined || places.length <= runners) return [];
  return [
    { place: '--runners', problem: `${places.length} were named, and there were ${runners}`, remedy: 'correct the number, or name fewer' },
  ];
}
