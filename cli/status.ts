import { Command } from 'commander';
import type { RunStatus } from '../chaos/recover.ts';
import { addManual } from './manual.ts';

/** `launchstorm status`: what is running and what is open on this machine. Touches nothing. */
export function statusCommand(): Command {
  const command = new Command('status')
    .description('what is running and what is open on this machine; touches nothing')
    .option('--json', 'the same as JSON');
  return addManual(command, {
    about: 'A fault is open from the moment when its undo was written down until it was put back, whoever put it back.',
    examples: [
      ['launchstorm status', 'runs, their folders, and faults that are open'],
      ['launchstorm status --json', 'the same for a script'],
    ],
    exits: [[0, 'said what there is, also when there is nothing']],
  }).action(async ({ json }: { json?: boolean }) => {
    const { statusAll } = await import('../chaos/recover.ts');
    const status = await statusAll();
    if (json === true) return void process.stdout.write(`${JSON.stringify(status, null, 2)}\n`);
    for (const problem of status.problems) process.stderr.write(`${problem}\n`);
    if (status.runs.length === 0) process.stdout.write('nothing is running, nothing is open\n');
    for (const run of status.runs) process.stdout.write(`${describe(run)}\n`);
  });
}

function describe(run: RunStatus): string {
  const lines = [`${run.runId}  ${run.scenario}  ${stateOf(run)}, started ${run.startedAt} by ${run.startedBy}`, `  ${run.folder}`];
  for (const { fault, kind, target, deadline } of run.open)
    lines.push(`  open: ${fault} (${kind}) on ${target}, to be put back by ${deadline}`);
  for (const problem of run.problems) lines.push(`  ${problem}`);
  return lines.join('\n');
}

function stateOf({ conductorAlive, watchdogAlive }: RunStatus): string {
  if (conductorAlive) return 'running';
  return watchdogAlive ? 'conductor gone, watchdog is putting things back' : 'conductor and watchdog gone: launchstorm recover';
}
