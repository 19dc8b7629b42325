import { demand, onPath, runToEnd } from '../processes/shell.ts';

/** Programs and the Debian packages that bring them; only what is missing is installed. */
export async function installPackages(wanted: { readonly [program: string]: string }): Promise<void> {
  const missing: string[] = [];
  for (const [program, name] of Object.entries(wanted)) if ((await onPath(program)) === null) missing.push(name);
  if (missing.length === 0) return;
  await demand('apt-get', `install ${missing.join(' ')} by hand`);
  await asRoot('apt-get', ['update', '-qq']);
  await asRoot('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...missing]);
  // A package may start its service; the bench starts servers of its own.
  if (missing.includes('nginx-light')) await asRoot('service', ['nginx', 'stop']).catch(() => {});
}

function asRoot(program: string, args: readonly string[]): Promise<string> {
  const environment = { DEBIAN_FRONTEND: 'noninteractive' };
  return process.getuid?.() === 0
    ? runToEnd(program, args, { environment })
    : runToEnd('sudo', ['-n', 'DEBIAN_FRONTEND=noninteractive', program, ...args]);
}
