import type { Problem } from '../core/problem.ts';
import { processTitle } from '../machine/process-table.ts';
import { systemClock } from '../machine/system-clock.ts';
import { exitCodes } from './exit-code.ts';
import { headerOf } from './header.ts';
import { createInterrupts } from './interrupts.ts';
import type { Prepared } from './prepare.ts';
import { openRealWorld } from './real-world.ts';
import { writeReportFiles } from './report/files.ts';
import { createLiveView } from './report/live.ts';
import { reportOf } from './report-of-run.ts';
import { run } from './run.ts';
import { createFolder, tidyRuns } from './run-folder.ts';
import { lateSignal, listenForSignals } from './signals.ts';
import { sinkTo } from './sink.ts';
import { silent, tell, type Voice } from './voice.ts';

/** A prepared rehearsal from the first process to the last line; resolves with the exit code. */
export async function perform(prepared: Prepared, voice: Voice): Promise<number> {
  const { plan, keep } = prepared;
  const view = voice.quiet ? silent : createLiveView(voice.people, { tty: voice.tty, color: voice.color, now: systemClock.nowMs });
  const interrupts = createInterrupts(systemClock);
  const ignoreSignals = listenForSignals(interrupts, view.line);
  await createFolder(plan.folder);
  process.title = processTitle('conductor', '', plan.runId);
  const header = await headerOf(plan, 'rehearsal', prepared.platform.name);
  const opened = await openRealWorld(prepared, header, { interrupts, sink: sinkTo(plan.folder, view) });
  if (!opened.ok) return refuseLate(opened.problems, voice);
  const record = await run(plan, header, opened.value);
  view.end();
  const interruption = record.interruption ?? lateSignal(interrupts);
  const report = reportOf({ ...record, interruption, notes: [...record.notes, ...(prepared.approach?.notes ?? [])] });
  await writeReportFiles(plan.folder, report);
  await tidyRuns(plan.folder, keep);
  ignoreSignals();
  tell(report, plan.folder, voice);
  return report.exitCode;
}

/** Somebody halted runs on this machine between the check and the start. */
function refuseLate(problems: readonly Problem[], { people }: Voice): number {
  for (const { place, problem, remedy } of problems) people.write(`${place}: ${problem}\n  -> ${remedy}\n`);
  return exitCodes.usage;
}
