import { CommanderError } from 'commander';
import { exitCodes } from '../rehearsal/exit-code.ts';
import { guardProcess, sayFault } from './last-resort.ts';
import { commandsFor, launchstorm } from './program.ts';

export async function runMain(): Promise<void> {
  guardProcess();
  try {
    const program = await launchstorm(commandsFor(process.argv[2]));
    await program.parseAsync();
  } catch (error) {
    process.exitCode = codeOf(error);
  }
}

/** Commander has already said what was wrong with the usage; anything else is a fault of ours. */
function codeOf(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.held : exitCodes.usage;
  sayFault(error);
  return exitCodes.toolFault;
}
