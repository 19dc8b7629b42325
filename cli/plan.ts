import { Command } from 'commander';
import { describePlan } from '../rehearsal/describe-plan.ts';
import { prepare } from '../rehearsal/prepare.ts';
import { addFlags, planFlags, readFlags } from './flags.ts';
import { refuse } from './problems.ts';

/** `launchstorm plan [SCENARIO]`: a dry run that touches nothing. */
export function planCommand(): Command {
  const command = new Command('plan')
    .description('dry run: exact targets, timeline, undo steps, permissions needed; touches nothing')
    .argument('[scenario]', 'a scenario file, or the name of a shipped one', 'launch-day')
    .allowUnknownOption()
    .allowExcessArguments();
  addFlags(command, planFlags).addHelpText('after', '\nExample:\n  launchstorm plan launch-day --seed 7');
  return command.action(async () => {
    const read = readFlags(command, planFlags, 1);
    const json = command.opts<{ json?: boolean }>().json === true;
    const name = command.args.find((word) => !word.startsWith('-')) ?? 'launch-day';
    const prepared = await prepare(name, { ...(read.ok ? read.value.flags : {}), dryRun: true });
    if (!prepared.ok || !read.ok) return refuse([...(read.ok ? [] : read.problems), ...(prepared.ok ? [] : prepared.problems)], json);
    const { text, data } = describePlan(prepared.value);
    process.stdout.write(json ? `${JSON.stringify(data, null, 2)}\n` : `${text}\n`);
  });
}
