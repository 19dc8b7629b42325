import { spawn } from 'node:child_process';
import { access } from 'node:fs/promises';
import { delimiter, join } from 'node:path';

type RunOptions = { folder?: string; environment?: { readonly [name: string]: string }; minutesMax?: number };

/** Runs a program to its end and returns what it printed. Throws with its last lines where it fails. */
export async function runToEnd(program: string, args: readonly string[], options: RunOptions = {}): Promise<string> {
  const { folder, environment = {}, minutesMax = 30 } = options;
  const child = spawn(program, args, {
    ...(folder === undefined ? {} : { cwd: folder }),
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: minutesMax * 60_000,
  });
  let printed = '';
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text: string) => (printed += text));
  const code = await new Promise<number | null>((resolve, reject) => child.once('error', reject).once('close', resolve));
  if (code === 0) return printed;
  const lastLines = printed.trim().split('\n').slice(-5).join('\n');
  throw new Error(`${program} ${args.join(' ')} ended with ${code ?? 'a signal'}\n${lastLines}`);
}

/** The program of that name on PATH, or null. */
export async function onPath(name: string): Promise<string | null> {
  for (const folder of (process.env['PATH'] ?? '').split(delimiter)) {
    const path = join(folder, name);
    if (await isThere(path)) return path;
  }
  return null;
}

export function isThere(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}

/** Throws, with a way out, where a tool that installs or runs a peer is missing. */
export async function demand(name: string, remedy: string): Promise<void> {
  if ((await onPath(name)) === null) throw new Error(`${name} is missing: ${remedy}`);
}
