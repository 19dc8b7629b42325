import { spawn } from 'node:child_process';
import { childEnvironment } from '../machine/child-environment.ts';

const withinMs = 30_000;

/**
 * Runs the program that tells what became of a killed run (argv, no shell). Everything is restored by then: its failure is said,
 * and changes nothing. Resolves with what went wrong, or null.
 */
export async function runEpilogue(argv: readonly string[] | null): Promise<string | null> {
  const [program, ...rest] = argv ?? [];
  if (program === undefined) return null;
  return new Promise((resolve) => {
    // Its own output goes where ours goes to: stdout may be a pipe that nobody reads any more.
    const child = spawn(program, rest, { stdio: ['ignore', 2, 2], env: childEnvironment(), timeout: withinMs, killSignal: 'SIGKILL' });
    child.once('error', (error) => resolve(`${program} could not be started: ${error.message}`));
    child.once('exit', (code, signal) => resolve(code === 0 ? null : `${program} ended with ${code ?? signal}`));
  });
}
