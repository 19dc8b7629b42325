import { access } from 'node:fs/promises';
import { runEpilogue } from './epilogue.ts';
import { readJournal } from './journal.ts';
import { openFaults } from './journal-lines.ts';
import { listRuns, type RegisteredRun, unregister } from './registry.ts';
import { endProcessesOfRun } from './run-processes.ts';
import { type TakeoverReport, takeover } from './takeover.ts';

/** What became of each registered run. `running`: its conductor lives; `watchdog`: its watchdog is still at it. */
export type RecoveredRun = {
  runId: string;
  folder: string;
  outcome: TakeoverReport['outcome'] | 'running' | 'watchdog';
  faults: TakeoverReport['faults'];
  processesEnded: number;
  problems: readonly string[];
};

export type RecoverReport = { runs: readonly RecoveredRun[]; problems: readonly string[] };

export type OpenFault = { fault: string; kind: string; target: string; deadline: string };

export type RunStatus = RegisteredRun & { open: readonly OpenFault[]; problems: readonly string[] };

/** A watchdog that is at work is nearly done. */
const watchdogWithinMs = 5000;
const lookEveryMs = 50;

/** Finishes every run of this machine whose conductor and watchdog are both gone. Safe at any time, and twice. */
export async function recoverAll(): Promise<RecoverReport> {
  await untilWatchdogsAreDone();
  const { runs, problems } = await listRuns();
  const recovered: RecoveredRun[] = [];
  for (const run of runs) recovered.push(await recoverOne(run));
  return { runs: recovered, problems };
}

/** Every run that is under way or not put back, with what is open. Touches nothing. */
export async function statusAll(): Promise<{ runs: readonly RunStatus[]; problems: readonly string[] }> {
  const { runs, problems } = await listRuns();
  return { runs: await Promise.all(runs.map(statusOf)), problems };
}

async function statusOf(run: RegisteredRun): Promise<RunStatus> {
  try {
    const { entries, problems } = await readJournal(run.folder);
    const open = openFaults(entries).map(({ fault, kind, target, deadline }) => ({ fault, kind, target, deadline }));
    return { ...run, open, problems };
  } catch (error) {
    return { ...run, open: [], problems: [`${run.folder} cannot be read: ${error instanceof Error ? error.message : String(error)}`] };
  }
}

async function untilWatchdogsAreDone(): Promise<void> {
  const giveUpAtMs = performance.now() + watchdogWithinMs;
  while (performance.now() < giveUpAtMs) {
    const { runs } = await listRuns();
    if (!runs.some((run) => !run.conductorAlive && run.watchdogAlive)) return;
    await new Promise((resolve) => setTimeout(resolve, lookEveryMs));
  }
}

async function recoverOne(run: RegisteredRun): Promise<RecoveredRun> {
  const { runId, folder } = run;
  if (run.conductorAlive) return untouched(run, 'running');
  if (run.watchdogAlive) return untouched(run, 'watchdog');
  if (!(await exists(folder))) return withoutFolder(run);
  try {
    const report = await takeover({ runId, folder, by: 'recover' });
    const problem = report.outcome === 'busy' ? null : await runEpilogue(run.epilogue);
    return { runId, folder, ...report, problems: problem === null ? report.problems : [...report.problems, problem] };
  } catch (error) {
    return { ...untouched(run, 'failed'), problems: [error instanceof Error ? error.message : String(error)] };
  }
}

function untouched({ runId, folder }: RegisteredRun, outcome: RecoveredRun['outcome']): RecoveredRun {
  return { runId, folder, outcome, faults: [], processesEnded: 0, problems: [] };
}

/** Without its journal nobody knows how to put anything back: its processes are ended, and what was open stays on the list. */
async function withoutFolder(run: RegisteredRun): Promise<RecoveredRun> {
  const processesEnded = await endProcessesOfRun(run.runId);
  const lost = run.targetKeys.length > 0;
  if (!lost) await unregister(run.runId);
  const problems = lost ? [`${run.folder} is gone, and with it how to put back: ${run.targetKeys.join(', ')}`] : [];
  return { ...untouched(run, lost ? 'failed' : 'nothing'), processesEnded, problems };
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
