import { Argument, Command } from 'commander';
import { shippedScenarios } from '../rehearsal/shipped-scenarios.ts';
import { bashScript, fishScript, type Words, zshScript } from './completion-scripts.ts';
import { addManual } from './manual.ts';
import { refuse } from './problems.ts';

const scripts: { readonly [shell: string]: (words: Words) => string } = { bash: bashScript, zsh: zshScript, fish: fishScript };

const shells = Object.keys(scripts);

/** `launchstorm completion bash|zsh|fish`: a script for the shell, made from the commands as they are. */
export function completionCommand(): Command {
  // Choices for help and completion; `refuse` says what is wrong, as everywhere.
  const shell = new Argument('<shell>', 'the shell that is to complete').choices(shells).argParser((word) => word);
  const command = new Command('completion').description('print a completion script for a shell').addArgument(shell);
  return addManual(command, {
    about:
      'Completes commands, options and the names of shipped scenarios, and files where a file may stand. It is made from this version of ' +
      'the tool: source it anew after an update.',
    examples: [
      ['launchstorm completion bash > ~/.local/share/bash-completion/completions/launchstorm', 'bash: for every new shell'],
      ['launchstorm completion zsh > ~/.zfunc/_launchstorm', 'zsh: with ~/.zfunc on the fpath'],
      ['launchstorm completion fish > ~/.config/fish/completions/launchstorm.fish', 'fish: for every new shell'],
    ],
    exits: [[0, 'the script is on stdout']],
  }).action((given: string) => {
    const script = scripts[given];
    if (script !== undefined) process.stdout.write(script(wordsOf(command.parent ?? command)));
    else refuse([{ place: given, problem: 'no completion for this shell', remedy: `one of: ${shells.join(' ')}` }], false);
  });
}

/** What may stand where on a command line of this program. */
export function wordsOf(program: Command): Words {
  const visible = program.createHelp().visibleCommands(program);
  return visible.map((command) => ({
    name: command.name(),
    summary: command.summary() || command.description(),
    operands: command.name() === 'help' ? visible.map((each) => each.name()) : command.registeredArguments.flatMap(operandsOf),
    files: command.registeredArguments.some(isFile),
    options: command
      .createHelp()
      .visibleOptions(command)
      .map(({ long, short, description, required, optional }) => ({
        flag: long ?? short ?? '',
        help: description,
        takesValue: required || optional,
      })),
  }));
}

function operandsOf(argument: Argument): readonly string[] {
  return argument.name() === 'scenario' ? [...shippedScenarios().keys()] : (argument.argChoices ?? []);
}

/** A scenario may be a file, and what runs leave behind is a folder. */
function isFile(argument: Argument): boolean {
  return ['scenario', 'folder', 'file'].includes(argument.name());
}
