import { Command } from 'commander';
import { addFlags, mergeFlags, readFlags } from './flags.ts';
import { addManual, verdictExits } from './manual.ts';
import { problemsIn, refuse } from './problems.ts';
import { terminalOf } from './terminal.ts';

const runnersMax = 1000;

/** `launchstorm merge FILE…`: several runners of one run into one report and one verdict. */
export function mergeCommand(): Command {
  const command = new Command('merge')
    .description('several runners of one run into one report and one verdict')
    .argument('[files...]', "the runners' folders, or their seconds.ndjson with report.json or journal.ndjson beside it")
    .allowUnknownOption()
    .allowExcessArguments();
  addManual(addFlags(command, mergeFlags), {
    about:
      'Counts are added and histograms merged, never averaged: the figures are those of one run that saw everything. Windows are those of ' +
      'the runner that broke things. They must be parts of one run: the same scenario, seed and environment, begun within five seconds. A ' +
      'runner that is missing, short or full of holes makes the verdict inconclusive. The report goes to runs/, or to the folder of --out.',
    examples: [
      ['launchstorm merge results/runner-* --runners 3 --out launch-day-of-all', 'three machines played one launch day'],
      ['launchstorm merge loads/*/seconds.ndjson --json > report.json', 'several loads on one target, for a script'],
    ],
    exits: verdictExits,
  });
  return command.action(async () => {
    const { flags, operands, problems } = readFlags(command, mergeFlags, runnersMax);
    const { prepareMerge, writeMerge } = await import('../analysis/merge.ts');
    const prepared = await prepareMerge(operands, flags);
    if (!prepared.ok || problems.length > 0) return refuse([...problems, ...problemsIn(prepared)], flags.json);
    const report = await writeMerge(prepared.value);
    const { tell } = await import('../rehearsal/voice.ts');
    tell(report, prepared.value.folder, terminalOf(flags));
    process.exitCode = report.exitCode;
  });
}
