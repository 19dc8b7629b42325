import { complain } from './last-words.ts';
import type { RunRecord } from './record.ts';
import { reportOf } from './report-of-run.ts';
import { tell, type Voice } from './voice.ts';
import { type Shelf, writeDown } from './write-down.ts';

/** The report of a load: made, written down and told; resolves with the exit code. */
export async function tellLoad(record: RunRecord, shelf: Shelf, voice: Voice): Promise<number> {
  const report = await writeDown(reportOf(record), shelf, complain);
  tell(report, shelf.folder, voice);
  return report.exitCode;
}
