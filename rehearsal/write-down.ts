import { diskTrouble } from '../machine/disk.ts';
import { commandLine } from '../machine/program.ts';
import { spendReserve } from '../machine/reserve.ts';
import { exitCodes } from './exit-code.ts';
import { writeReportFiles } from './report/files.ts';
import type { Report } from './report/format.ts';
import { tidyRuns } from './run-folder.ts';

/** Where the report goes, and how many runs are kept beside it. */
export type Shelf = { folder: string; keep: number };

/**
 * Writes the report's files and tidies old runs. What the disk does not take is said with what to do about it, and the verdict is
 * told all the same. Resolves with the report as it stands then: without its files a run has not done what it was asked for.
 */
export async function writeDown(report: Report, { folder, keep }: Shelf, say: (line: string) => void): Promise<Report> {
  try {
    await spendReserve(folder);
    await writeReportFiles(folder, report);
    await tidyRuns(folder, keep);
    return report;
  } catch (error) {
    const trouble = diskTrouble(error);
    if (trouble === null) throw error;
    say(`The report could not be written: ${trouble.replace('run it again', `${commandLine('render')} ${folder}`)}`);
    return report.exitCode === exitCodes.restoreFailed ? report : { ...report, exitCode: exitCodes.toolFault };
  }
}
