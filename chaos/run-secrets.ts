import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { processesOfRun } from '../machine/process-table.ts';
import { masked } from '../machine/secret-text.ts';
import { readSecrets } from './secrets.ts';

/**
 * What the run's processes know and nobody else may: before a fault was armed nothing of it is in `undo.secrets`, and only the pods
 * that we are about to end can tell what to look for in their logs.
 */
export async function secretsOfRun(runId: string, folder: string): Promise<readonly string[]> {
  const saved = await readSecrets(folder).catch(() => null);
  const known = await Promise.all(processesOfRun(runId).map(({ pid }) => secretsInEnvironment(pid)));
  return [...new Set([...(saved?.passwords() ?? []), ...known.flat()])];
}

/** The pods' logs of a run whose conductor can no longer seal them. What cannot be read or written is left as it is. */
export async function maskLogs(folder: string, secrets: readonly string[]): Promise<void> {
  if (secrets.length === 0) return;
  const logs = join(folder, 'logs');
  const names = await readdir(logs).catch(() => []);
  await Promise.allSettled(names.map((name) => maskFile(join(logs, name), secrets)));
}

async function maskFile(path: string, secrets: readonly string[]): Promise<void> {
  const text = await readFile(path, 'utf8');
  const told = masked(text, secrets);
  if (told !== text) await writeFile(path, told);
}

/** Linux only; elsewhere an environment of another process cannot be read. */
async function secretsInEnvironment(pid: number): Promise<readonly string[]> {
  const text = await readFile(`/proc/${pid}/environ`, 'utf8').catch(() => '');
  return text.split('\0').flatMap((line) => /^\w*(?:PASSWORD|SECRET|TOKEN)\w*=(.+)$/s.exec(line)?.[1] ?? []);
}
