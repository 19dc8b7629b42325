import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { Command } from 'commander';
import { exitCodes } from '../rehearsal/exit-code.ts';
import { addManual } from './manual.ts';
import { refuse } from './problems.ts';

/** `launchstorm render FOLDER`: the report of a run whose conductor was killed, from what it left on disk. */
export function renderCommand(): Command {
  const command = new Command('render')
    .description('write the report of a killed run from its journal and seconds')
    .argument('<folder>', "the run's folder")
    .option('--force', 'also where there is a report already');
  return addManual(command, {
    about: 'The watchdog does this by itself when a run is killed. The verdict says what is missing: half a run proves nothing.',
    examples: [['launchstorm render runs/latest', 'prints where the report is']],
    exits: [[exitCodes.held, 'the report is there']],
  }).action(async (given: string, options: { force?: boolean }) => {
    const folder = resolve(given);
    const { pathsIn } = await import('../rehearsal/report/paths.ts');
    if (existsSync(pathsIn(folder).json) && options.force !== true) {
      process.stdout.write(`there is a report already: ${pathsIn(folder).html}\n`);
      return;
    }
    const { readKilledRun } = await import('../rehearsal/killed-run.ts');
    const record = await readKilledRun(folder);
    if (record === null)
      return refuse([{ place: given, problem: 'holds no run: there is no journal in it', remedy: 'name a folder in runs/' }], false);
    const { reportOf } = await import('../rehearsal/report-of-run.ts');
    const { writeReportFiles } = await import('../rehearsal/report/files.ts');
    await writeReportFiles(folder, reportOf(record));
    process.stdout.write(`${pathsIn(folder).html}\n`);
    process.exitCode = exitCodes.held;
  });
}
