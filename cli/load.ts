import { Command } from 'commander';
import { performLoad } from '../rehearsal/perform-load.ts';
import { prepareLoad } from '../rehearsal/prepare-load.ts';
import { addFlags, loadFlags, readFlags } from './flags.ts';
import { refuse } from './problems.ts';
import { terminalOf } from './terminal.ts';

/** `launchstorm load URL`: players only, no faults, against anything that speaks the treasure API. */
export function loadCommand(): Command {
  const command = new Command('load')
    .description('players only, no faults, against anything that speaks the treasure API')
    .argument('[url]', 'origin and optional base path')
    .allowUnknownOption()
    .allowExcessArguments();
  addFlags(command, loadFlags).addHelpText('after', '\nExample:\n  launchstorm load http://127.0.0.1:8080 --players 50 --for 30s --seed 7');
  return command.action(async () => {
    const read = readFlags(command, loadFlags, 1);
    const json = command.opts<{ json?: boolean }>().json === true;
    const url = command.args.find((word) => !word.startsWith('-'));
    const prepared = await prepareLoad(url, read.ok ? read.value.flags : { headers: [] });
    if (!prepared.ok || !read.ok) return refuse([...(read.ok ? [] : read.problems), ...(prepared.ok ? [] : prepared.problems)], json);
    process.exitCode = await performLoad(prepared.value, terminalOf(read.value.flags));
  });
}
