import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { demand, runToEnd } from '../processes/shell.ts';

/** Into the cache, never into this project's own packages; nothing of theirs runs at install. */
export async function installFromNpm(cache: string, packages: readonly string[]): Promise<void> {
  await demand('npm', 'install Node with npm');
  const folder = join(cache, 'npm');
  await mkdir(folder, { recursive: true });
  await runToEnd('npm', ['install', '--prefix', folder, '--ignore-scripts', '--no-audit', '--no-fund', ...packages]);
}
