import { Command } from 'commander';
import type { RecoveredRun } from '../chaos/recover.ts';
import { exitCodes } from '../rehearsal/exit-code.ts';
import { addManual } from './manual.ts';

/** `launchstorm recover`: put back whatever is still open; safe at any time. */
export function recoverCommand(): Command {
  const command = new Command('recover')
    .description('put back whatever is still open on this machine; safe at any time')
    .option('--json', 'the same as JSON');
  return addManual(command, {
    about:
      'Finishes from the journal alone, after a reboot too, and ends what a lost run has left running. A run that is alive is left to ' +
      'itself. What somebody else has changed meanwhile is a conflict: it is left as it is, for a person to decide.',
    examples: [['launchstorm recover', 'says "nothing open" when there is nothing to do']],
    exits: [
      [exitCodes.held, 'nothing is open any more'],
      [exitCodes.restoreFailed, 'something could not be put back; it is named'],
    ],
  }).action(async ({ json }: { json?: boolean }) => {
    const { recoverAll } = await import('../chaos/recover.ts');
    const report = await recoverAll();
    const lost = report.runs.filter((run) => run.outcome !== 'running' && run.outcome !== 'watchdog');
    if (json === true) process.stdout.write(`${JSON.stringify(report, null, 2)}\n`);
    else tellRecovered(lost, report.problems);
    process.exitCode = lost.some(isLeftBroken) || report.problems.length > 0 ? exitCodes.restoreFailed : exitCodes.held;
  });
}

export function tellRecovered(lost: readonly RecoveredRun[], problems: readonly string[]): void {
  if (lost.length === 0) process.stdout.write('nothing open\n');
  for (const run of lost) {
    process.stdout.write(`${run.runId}: ${run.outcome}, ${run.processesEnded} processes ended\n`);
    for (const { fault, target, outcome } of run.faults) {
      process.stdout.write(`  ${fault} on ${target}: ${outcome.kind === 'done' ? 'put back' : `${outcome.kind}: ${outcome.why}`}\n`);
    }
    for (const problem of run.problems) process.stdout.write(`  ${problem}\n`);
  }
  for (const problem of problems) process.stderr.write(`${problem}\n`);
}

export function isLeftBroken({ outcome }: RecoveredRun): boolean {
  return outcome === 'failed' || outcome === 'conflict' || outcome === 'busy';
}
