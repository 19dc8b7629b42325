import { spawn } from 'node:child_process';

/** A program, its arguments, and how long it may take before it is ended. */
export type Command = { program: string; args: readonly string[]; timeoutMs: number };

/** Exit code as a shell would give it; 127 where the program could not be started, 143 where it took too long. */
export type Ended = { exitCode: number; output: string; tookMs: number };

/** Runs a command with its output kept, for checks that should be silent while all is well. */
export function runQuietly(command: Command): Promise<Ended> {
  return run(command, 'keep');
}

/** Runs a command that prints for itself. */
export function runLoudly(command: Command): Promise<Ended> {
  return run(command, 'show');
}

function run({ program, args, timeoutMs }: Command, output: 'keep' | 'show'): Promise<Ended> {
  const startedAtMs = performance.now();
  const sink = output === 'keep' ? 'pipe' : 'inherit';
  const child = spawn(program, args, { stdio: ['ignore', sink, sink], timeout: timeoutMs });
  const chunks: Buffer[] = [];
  child.stdout?.on('data', (chunk: Buffer) => chunks.push(chunk));
  child.stderr?.on('data', (chunk: Buffer) => chunks.push(chunk));
  return new Promise((resolve) => {
    const end = (exitCode: number) =>
      resolve({ exitCode, output: Buffer.concat(chunks).toString(), tookMs: performance.now() - startedAtMs });
    child.once('error', (error) => {
      chunks.push(Buffer.from(`${error.message}\n`));
      end(127);
    });
    child.once('close', (code) => end(code ?? 143));
  });
}
