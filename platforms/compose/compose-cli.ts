import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { promisify } from 'node:util';
import { childEnvironment } from '../../machine/child-environment.ts';

const runProgram = promisify(execFile);
const answersWithinMs = 10_000;
/** Docker Compose says what it does on stderr; the end of it says why it could not. */
const wordsMax = 4_000;

/** How Docker Compose v2 is called here: as the plugin of `docker`, or by itself. */
export type ComposeCommand = { program: string; args: readonly string[]; version: string };

/** Null where there is none. */
export async function findCompose(engine: string): Promise<ComposeCommand | null> {
  for (const [program, ...args] of [['docker', 'compose'], ['docker-compose']] as const) {
    try {
      const options = { timeout: answersWithinMs, env: composeEnvironment(engine) };
      const { stdout } = await runProgram(program, [...args, 'version', '--short'], options);
      if (/^v?[2-9]/.test(stdout.trim())) return { program, args, version: stdout.trim() };
    } catch {
      // Not this way, then.
    }
  }
  return null;
}

export type ComposeRun = { engine: string; files: readonly string[]; project: string; signal: AbortSignal };

/** `docker compose … up --detach`; rejects with the end of what it said. When the signal is given it is ended, and that is waited for. */
export function composeUp({ program, args }: ComposeCommand, { engine, files, project, signal }: ComposeRun): Promise<void> {
  const words = [...args, '--project-name', project, ...files.flatMap((file) => ['--file', file]), '--progress', 'plain'];
  const env = { ...composeEnvironment(engine), LAUNCHSTORM_PORTS: '0' };
  // Ctrl-C in the terminal is for us to hear: what it has begun is removed by its label.
  const child = spawn(program, [...words, 'up', '--detach'], { env, stdio: ['ignore', 'ignore', 'pipe'], detached: true });
  return ended(child, signal);
}

function ended(child: ChildProcess, signal: AbortSignal): Promise<void> {
  let said = '';
  child.stderr?.on('data', (piece: Buffer) => {
    said = (said + piece.toString('utf8')).slice(-wordsMax);
  });
  const stop = () => void child.kill('SIGKILL');
  signal.addEventListener('abort', stop, { once: true });
  return new Promise<void>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => {
      signal.removeEventListener('abort', stop);
      if (signal.aborted) reject(signal.reason);
      else if (code === 0) resolve();
      else reject(new Error(`docker compose up ended with ${code}:\n${said.trim()}`));
    });
    if (signal.aborted) stop();
  });
}

/** Where Docker finds its own configuration and which images are meant: nothing else of the user's environment. */
function composeEnvironment(engine: string): { [name: string]: string } {
  const kept = Object.entries(process.env).filter(([name]) => /^(DOCKER_CONFIG|COMPOSE_BAKE|LAUNCHSTORM_(\w*IMAGE\w*|CACHE))$/.test(name));
  return { ...childEnvironment(), ...Object.fromEntries(kept.map(([name, value]) => [name, value ?? ''])), DOCKER_HOST: engine };
}
