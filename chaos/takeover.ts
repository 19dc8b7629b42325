import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { spendReserve } from '../machine/reserve.ts';
import { machineClock } from '../machine/system-clock.ts';
import { claim } from './claim.ts';
import type { StepOutcome } from './fault.ts';
import { openJournal } from './journal.ts';
import { type ArmedEntry, openFaults } from './journal-lines.ts';
import { unregister } from './registry.ts';
import { endContainersOfRun } from './run-containers.ts';
import { endProcessesOfRun } from './run-processes.ts';
import { maskLogs, secretsOfRun } from './run-secrets.ts';
import { readSecrets } from './secrets.ts';
import { createStepRunner } from './step-runner.ts';
import { undoFault } from './undo.ts';

/** A run that somebody other than its conductor puts back. */
export type LostRun = { runId: string; folder: string; by: string };

export type TakeoverReport = {
  /** `busy`: somebody else is at it; `nothing`: no fault was open. */
  outcome: 'restored' | 'nothing' | 'failed' | 'conflict' | 'busy';
  faults: readonly { fault: string; target: string; outcome: StepOutcome }[];
  processesEnded: number;
  /** What is doubtful about the journal, in words. */
  problems: readonly string[];
};

export const undoClaim = 'undo';
/** What only the run's own processes need to know, such as announced ports, lies there. */
const privateName = 'private';
const turnWithinMs = 10_000;

/**
 * Everything left to do for a run whose conductor is gone: put back what is open, newest first; end its processes; close the
 * journal; forget the secrets. What could not be put back stays in journal, secrets and registry, for the next one who tries.
 */
export async function takeover(run: LostRun): Promise<TakeoverReport> {
  return alone(run, async () => {
    const restored = await undoOpen(run, () => true).catch(unreadable);
    const secrets = await secretsOfRun(run.runId, run.folder);
    const processesEnded = await endProcessesOfRun(run.runId);
    const containers = await endContainersOfRun(run.folder);
    await maskLogs(run.folder, secrets);
    const report = { ...restored, ...(containers.problem === null ? {} : failedBecause(restored, containers.problem)) };
    if (report.outcome !== 'failed') await close(run);
    return { ...report, processesEnded: processesEnded + containers.ended };
  });
}

/** Only the undo, for a run whose conductor lives but let a deadline pass or left something open. */
export async function undoLate(run: LostRun, which: (fault: ArmedEntry) => boolean): Promise<TakeoverReport> {
  return alone(run, () => undoOpen(run, which));
}

async function alone(run: LostRun, work: () => Promise<TakeoverReport>): Promise<TakeoverReport> {
  const turn = await claim(run.folder, undoClaim, turnWithinMs);
  if (turn === null) return { outcome: 'busy', faults: [], processesEnded: 0, problems: ['somebody else is putting this run back'] };
  return work().finally(() => turn.release());
}

async function undoOpen({ folder, by }: LostRun, which: (fault: ArmedEntry) => boolean): Promise<TakeoverReport> {
  const journal = openJournal(folder, machineClock);
  const { entries, problems } = await journal.read();
  const open = openFaults(entries).filter(which);
  const runner = createStepRunner(null, await readSecrets(folder));
  const faults: TakeoverReport['faults'][number][] = [];
  for (const fault of [...open].reverse()) {
    const outcome = await undoFault(fault, { runner, journal, clock: machineClock, by });
    faults.push({ fault: fault.fault, target: fault.target, outcome });
  }
  return { outcome: sum(faults), faults, processesEnded: 0, problems };
}

/** Journal or secrets cannot be read: its processes are ended all the same, and a person has to look at the rest. */
function unreadable(error: unknown): TakeoverReport {
  const problem = `cannot be put back: ${error instanceof Error ? error.message : String(error)}`;
  return { outcome: 'failed', faults: [], processesEnded: 0, problems: [problem] };
}

/** What is still there of a run has to be ended by the next one who tries. */
function failedBecause({ problems }: TakeoverReport, problem: string): Pick<TakeoverReport, 'outcome' | 'problems'> {
  return { outcome: 'failed', problems: [...problems, problem] };
}

function sum(faults: TakeoverReport['faults']): TakeoverReport['outcome'] {
  if (faults.some(({ outcome }) => outcome.kind === 'failed')) return 'failed';
  if (faults.some(({ outcome }) => outcome.kind === 'conflict')) return 'conflict';
  return faults.length === 0 ? 'nothing' : 'restored';
}

async function close({ runId, folder, by }: LostRun): Promise<void> {
  const journal = openJournal(folder, machineClock);
  await spendReserve(folder);
  await rm(join(folder, privateName), { recursive: true, force: true });
  const last = (await journal.read()).entries.at(-1)?.event;
  // Players only, or killed before it began to write: there is no journal to close.
  if (last !== undefined && last !== 'closed') await journal.append({ event: 'closed', by });
  await (await readSecrets(folder)).remove();
  await unregister(runId);
}
