import { readFileSync } from 'node:fs';
import { Command } from 'commander';

const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as { version: string };

/** Every command of the tool, in the order in which `--help` lists them. */
const commands: { readonly [name: string]: () => Promise<Command> } = {
  rehearse: async () => (await import('./rehearse.ts')).rehearseCommand(),
  story: async () => (await import('./story.ts')).storyCommand(),
  plan: async () => (await import('./plan.ts')).planCommand(),
  load: async () => (await import('./load.ts')).loadCommand(),
  crowd: async () => (await import('./crowd.ts')).crowdCommand(),
  merge: async () => (await import('./merge.ts')).mergeCommand(),
  export: async () => (await import('./export.ts')).exportCommand(),
  k6: async () => (await import('./k6.ts')).k6Command(),
  new: async () => (await import('./new.ts')).newCommand(),
  status: async () => (await import('./status.ts')).statusCommand(),
  recover: async () => (await import('./recover.ts')).recoverCommand(),
  halt: async () => (await import('./halt.ts')).haltCommand(),
  doctor: async () => (await import('./doctor.ts')).doctorCommand(),
  render: async () => (await import('./render.ts')).renderCommand(),
  completion: async () => (await import('./completion.ts')).completionCommand(),
};

/** These need to know every command: one lists them, the other writes them into a script. */
const allCommands: readonly string[] = Object.keys(commands);

/** Only what is loaded has to be waited for: the command that the first word names, and all of them where it names none. */
export function commandsFor(word: string | undefined): readonly string[] {
  if (word === '--version' || word === '-V') return [];
  return word !== undefined && Object.hasOwn(commands, word) && word !== 'completion' ? [word] : allCommands;
}

/** The program with those commands. Each call builds anew: commander keeps what it parsed. */
export async function launchstorm(names = allCommands): Promise<Command> {
  const program = new Command('launchstorm')
    .description("Live through your game's launch day in staging, before the players do.")
    .version(version)
    .exitOverride()
    .showSuggestionAfterError()
    .addHelpText('after', firstSteps);
  const wanted = await Promise.all(names.map((name) => commands[name]?.()));
  for (const command of wanted) if (command !== undefined) program.addCommand(command.exitOverride());
  return program;
}

const firstSteps = `
Exit codes: 0 held, 1 broken, 2 inconclusive, 3 aborted by a guard, 4 restore failed, 64 wrong usage (nothing was started),
            70 a fault of the tool, 130/143 interrupted (and restored).

First steps:
  launchstorm plan            what a rehearsal would do, without doing it
  launchstorm rehearse        the launch day: players, faults, verdict, report`;
