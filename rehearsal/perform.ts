import type { Problem } from '../core/problem.ts';
import { processTitle } from '../machine/process-table.ts';
import { keepReserve, spendReserve } from '../machine/reserve.ts';
import { systemClock } from '../machine/system-clock.ts';
import { exitCodes } from './exit-code.ts';
import { headerOf } from './header.ts';
import { createInterrupts } from './interrupts.ts';
import { complain, sayWhereRunsAreListed } from './last-words.ts';
import { nobody, type Onlooker } from './metrics/onlooker.ts';
import type { Prepared } from './prepare.ts';
import { openRealWorld } from './real-world.ts';
import type { RunHeader, RunRecord } from './record.ts';
import type { Report } from './report/format.ts';
import { createLiveView } from './report/live.ts';
import { reportOf } from './report-of-run.ts';
import { run } from './run.ts';
import { createFolder } from './run-folder.ts';
import { lateSignal, listenForSignals } from './signals.ts';
import { sinkTo } from './sink.ts';
import { silent, tell, type Voice } from './voice.ts';
import { writeDown } from './write-down.ts';

/** A prepared rehearsal from the first process to the last line; resolves with the exit code. */
export async function perform(prepared: Prepared, voice: Voice, onlooker: Onlooker = nobody): Promise<number> {
  const played = await playThrough(prepared, voice, { kind: 'rehearsal', onlooker });
  if (played === null) return exitCodes.usage;
  tell(played.report, prepared.plan.folder, voice);
  return played.report.exitCode;
}

type Manner = { kind: RunHeader['kind']; onlooker?: Onlooker };

/** All of it but the last words. Null where somebody halted runs on this machine meanwhile: that has been said. */
export async function playThrough(prepared: Prepared, voice: Voice, { kind, onlooker = nobody }: Manner): Promise<Played | null> {
  const { plan, keep } = prepared;
  const view = voice.quiet ? silent : createLiveView(voice.people, { tty: voice.tty, color: voice.color, now: systemClock.nowMs });
  const interrupts = createInterrupts(systemClock);
  const ignoreSignals = listenForSignals(interrupts, view.line);
  await createFolder(plan.folder);
  await keepReserve(plan.folder);
  process.title = processTitle('conductor', '', plan.runId);
  const header = await headerOf(plan, kind, prepared.platform);
  const aside = await sayWhereRunsAreListed(view.line);
  const opened = await openRealWorld(prepared, header, { interrupts, sink: sinkTo(plan.folder, view) }).catch(async (error) => {
    await spendReserve(plan.folder);
    throw error;
  });
  if (!opened.ok) {
    await refuseLate(opened.problems, plan.folder, voice);
    return null;
  }
  const record = await run(plan, header, onlooker.around(opened.value, plan, header));
  await onlooker.end(record);
  view.end();
  const interruption = record.interruption ?? lateSignal(interrupts);
  const told = reportOf({ ...record, interruption, notes: [...record.notes, ...aside, ...(prepared.approach?.notes ?? [])] });
  const report = await writeDown(told, { folder: plan.folder, keep }, complain);
  ignoreSignals();
  return { record, report };
}

/** The report is made of the record, which holds the whole histograms. */
export type Played = { record: RunRecord; report: Report };

/** Somebody halted runs on this machine between the check and the start. */
async function refuseLate(problems: readonly Problem[], folder: string, { people }: Voice): Promise<void> {
  await spendReserve(folder);
  for (const { place, problem, remedy } of problems) people.write(`${place}: ${problem}\n  -> ${remedy}\n`);
}
