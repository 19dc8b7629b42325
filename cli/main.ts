import { readFileSync } from 'node:fs';
import { Command, CommanderError } from 'commander';
import { exitCodes } from '../rehearsal/exit-code.ts';
import { doctorCommand } from './doctor.ts';
import { haltCommand } from './halt.ts';
import { loadCommand } from './load.ts';
import { planCommand } from './plan.ts';
import { recoverCommand } from './recover.ts';
import { rehearseCommand } from './rehearse.ts';
import { renderCommand } from './render.ts';
import { statusCommand } from './status.ts';

const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as { version: string };

const program = new Command('launchstorm')
  .description("Live through your game's launch day in staging, before the players do.")
  .version(version)
  .exitOverride()
  .showSuggestionAfterError()
  .addHelpText(
    'after',
    `
Exit codes: 0 held, 1 broken, 2 inconclusive, 3 aborted by a guard, 4 restore failed, 64 wrong usage (nothing was started),
            70 a fault of the tool, 130/143 interrupted (and restored).

First steps:
  launchstorm plan            what a rehearsal would do, without doing it
  launchstorm rehearse        the launch day: players, faults, verdict, report`,
  );

for (const command of [
  rehearseCommand(),
  planCommand(),
  loadCommand(),
  statusCommand(),
  recoverCommand(),
  haltCommand(),
  doctorCommand(),
  renderCommand(),
]) {
  program.addCommand(command.exitOverride());
}

try {
  await program.parseAsync();
} catch (error) {
  process.exitCode = codeOf(error);
}

/** Commander has already said what was wrong with the usage; anything else is a fault of ours. */
function codeOf(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.held : exitCodes.usage;
  process.stderr.write(`launchstorm: a fault of the tool itself: ${error instanceof Error ? error.stack : String(error)}\n`);
  return exitCodes.toolFault;
}
