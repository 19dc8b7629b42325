import { Command } from 'commander';
import { perform } from '../rehearsal/perform.ts';
import { prepare } from '../rehearsal/prepare.ts';
import { addFlags, readFlags, runFlags } from './flags.ts';
import { refuse } from './problems.ts';
import { terminalOf } from './terminal.ts';

/** `launchstorm rehearse [SCENARIO]`: the main job. */
export function rehearseCommand(): Command {
  const command = new Command('rehearse')
    .description('bring the environment up, play the crowd, break things, put them back, judge')
    .argument('[scenario]', 'a scenario file, or the name of a shipped one', 'launch-day')
    .allowUnknownOption()
    .allowExcessArguments();
  addFlags(command, runFlags).addHelpText('after', '\nExample:\n  launchstorm rehearse launch-day --seed 7 --players 200 --json');
  return command.action(async () => {
    const read = readFlags(command, runFlags, 1);
    const json = command.opts<{ json?: boolean }>().json === true;
    const prepared = await prepare(
      read.ok ? (read.value.operands[0] ?? 'launch-day') : (command.args[0] ?? 'launch-day'),
      read.ok ? read.value.flags : { headers: [] },
    );
    const problems = [...(read.ok ? [] : read.problems), ...(prepared.ok ? [] : prepared.problems)];
    if (!prepared.ok || !read.ok) return refuse(problems, json);
    const { flags } = read.value;
    process.exitCode = await perform(prepared.value, terminalOf(flags));
  });
}
