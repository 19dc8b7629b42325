import { readFileSync } from 'node:fs';
import { Command } from 'commander';
import { completionCommand } from './completion.ts';
import { crowdCommand } from './crowd.ts';
import { doctorCommand } from './doctor.ts';
import { exportCommand } from './export.ts';
import { haltCommand } from './halt.ts';
import { k6Command } from './k6.ts';
import { loadCommand } from './load.ts';
import { mergeCommand } from './merge.ts';
import { newCommand } from './new.ts';
import { planCommand } from './plan.ts';
import { recoverCommand } from './recover.ts';
import { rehearseCommand } from './rehearse.ts';
import { renderCommand } from './render.ts';
import { statusCommand } from './status.ts';
import { storyCommand } from './story.ts';

const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as { version: string };

/** Every command of the tool, in the order in which `--help` lists them. Each call builds anew: commander keeps what it parsed. */
export function launchstorm(): Command {
  const program = new Command('launchstorm')
    .description("Live through your game's launch day in staging, before the players do.")
    .version(version)
    .exitOverride()
    .showSuggestionAfterError()
    .addHelpText('after', firstSteps);
  for (const command of commands()) program.addCommand(command.exitOverride());
  return program;
}

function commands(): readonly Command[] {
  return [
    rehearseCommand(),
    storyCommand(),
    planCommand(),
    loadCommand(),
    crowdCommand(),
    mergeCommand(),
    exportCommand(),
    k6Command(),
    newCommand(),
    statusCommand(),
    recoverCommand(),
    haltCommand(),
    doctorCommand(),
    renderCommand(),
    completionCommand(),
  ];
}

const firstSteps = `
Exit codes: 0 held, 1 broken, 2 inconclusive, 3 aborted by a guard, 4 restore failed, 64 wrong usage (nothing was started),
            70 a fault of the tool, 130/143 interrupted (and restored).

First steps:
  launchstorm plan            what a rehearsal would do, without doing it
  launchstorm rehearse        the launch day: players, faults, verdict, report`;
