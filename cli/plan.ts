import { Command } from 'commander';
import { addFlags, planFlags, readFlags } from './flags.ts';
import { addManual } from './manual.ts';
import { problemsIn, refuse } from './problems.ts';

/** `launchstorm plan [SCENARIO]`: a dry run that touches nothing. */
export function planCommand(): Command {
  const command = new Command('plan')
    .description('dry run: exact targets, timeline, undo steps, permissions needed; touches nothing')
    .argument('[scenario]', 'a scenario file, or the name of a shipped one', 'launch-day')
    .allowUnknownOption()
    .allowExcessArguments();
  addManual(addFlags(command, planFlags), {
    about:
      'Checks everything that a rehearsal checks before it starts, and takes the very decisions that the rehearsal with the same seed will ' +
      'take: so it says which pod will die.',
    examples: [
      ['launchstorm plan launch-day --seed 7', 'targets, timeline and undo steps, for people'],
      ['launchstorm plan ./market-day.ts --json', 'the same as data; also the quickest check of a scenario'],
    ],
    exits: [[0, 'the scenario could be played']],
  });
  return command.action(async () => {
    const { flags, operands, problems } = readFlags(command, planFlags, 1);
    const { prepare } = await import('../rehearsal/prepare.ts');
    const prepared = await prepare(operands[0] ?? 'launch-day', { ...flags, dryRun: true });
    if (!prepared.ok || problems.length > 0) return refuse([...problems, ...problemsIn(prepared)], flags.json);
    const { describePlan } = await import('../rehearsal/describe-plan.ts');
    const { text, data } = describePlan(prepared.value);
    process.stdout.write(flags.json === true ? `${JSON.stringify(data, null, 2)}\n` : `${text}\n`);
  });
}
