import { hostname } from 'node:os';
import { Command } from 'commander';
import type { RunStatus } from '../chaos/recover.ts';
import { diskTrouble } from '../machine/disk.ts';
import { signal } from '../machine/process-table.ts';
import { exitCodes } from '../rehearsal/exit-code.ts';
import { userName } from '../rehearsal/identity.ts';
import { addManual } from './manual.ts';
import { isLeftBroken, tellRecovered } from './recover.ts';

/** A conductor that restores needs at most its undo attempts and the pods' goodbye. */
const conductorsLeaveWithinMs = 60_000;
const lookEveryMs = 100;

/** `launchstorm halt`: stop every run on this machine, put everything back, and let no new one start until `halt --lift`. */
export function haltCommand(): Command {
  const command = new Command('halt')
    .description('stop every run on this machine, put everything back, refuse new ones until `halt --lift`')
    .option('--lift', 'let runs start again');
  return addManual(command, {
    about:
      'The big red button. Every run is asked to put everything back and to end, as Ctrl-C would; what lost runs have left open is put back too.',
    examples: [
      ['launchstorm halt', 'stop everything now'],
      ['launchstorm halt --lift', 'when it is safe again'],
    ],
    exits: [
      [exitCodes.held, 'nothing runs and nothing is open'],
      [exitCodes.restoreFailed, 'a run does not end, or something could not be put back; it is named'],
      [exitCodes.toolFault, 'all is stopped and put back, but new runs cannot be kept from starting; it says why'],
    ],
  }).action(async ({ lift }: { lift?: boolean }) => {
    if (lift === true) {
      const { liftHalt } = await import('../chaos/registry.ts');
      await liftHalt();
      process.stdout.write('runs may start again\n');
      return;
    }
    const refused = await refuseNewRuns();
    const stubborn = await sendConductorsHome();
    const { recoverAll } = await import('../chaos/recover.ts');
    const { runs, problems } = await recoverAll();
    const lost = runs.filter((run) => run.outcome !== 'running' && run.outcome !== 'watchdog');
    if (lost.length > 0) tellRecovered(lost, problems);
    for (const run of stubborn) process.stderr.write(`${run.runId} does not end: pid ${run.conductor.pid} (${run.folder})\n`);
    if (refused !== null) process.stderr.write(`new runs are not kept from starting: ${refused}\n`);
    const otherwise = refused === null ? exitCodes.held : exitCodes.toolFault;
    process.exitCode = stubborn.length > 0 || lost.some(isLeftBroken) ? exitCodes.restoreFailed : otherwise;
  });
}

/** Null when that is written down; else why not: what runs is stopped all the same. */
async function refuseNewRuns(): Promise<string | null> {
  const { halt } = await import('../chaos/registry.ts');
  try {
    await halt(`halted by ${userName()}@${hostname()} at ${new Date().toISOString()}`);
    process.stdout.write('no new run starts on this machine until: launchstorm halt --lift\n');
    return null;
  } catch (error) {
    return diskTrouble(error) ?? (error instanceof Error ? error.message : String(error));
  }
}

/** Asks every living conductor to put things back and end, as Ctrl-C would; resolves with those that did not within the time. */
async function sendConductorsHome(): Promise<readonly RunStatus[]> {
  for (const run of await alive()) {
    signal(run.conductor, 'SIGTERM');
    process.stdout.write(`asked ${run.runId} (${run.scenario}) to put everything back and end\n`);
  }
  const giveUpAtMs = performance.now() + conductorsLeaveWithinMs;
  while (performance.now() < giveUpAtMs) {
    if ((await alive()).length === 0) return [];
    await new Promise((resolve) => setTimeout(resolve, lookEveryMs));
  }
  return alive();
}

async function alive(): Promise<readonly RunStatus[]> {
  const { statusAll } = await import('../chaos/recover.ts');
  return (await statusAll()).runs.filter((run) => run.conductorAlive);
}
