import { arch, cpus, release, totalmem, type } from 'node:os';
import { onPath, runToEnd } from '../processes/shell.ts';

/** Where and on what something was measured. */
export type Machine = {
  cores: number;
  cpu: string;
  memoryGib: number;
  kernel: string;
  node: string;
  nginx: string;
  commit: string;
  /** Files that differ from the commit. */
  changed: number;
  measuredAt: string;
};

export async function machineHere(root: string): Promise<Machine> {
  const git = (...args: string[]) => runToEnd('git', ['-C', root, ...args]).then((text) => text.trim());
  const changes = await git('status', '--porcelain', '--', '.', ':!docs/benchmarks.md', ':!bench/results', ':!bench/profiles');
  return {
    cores: cpus().length,
    cpu: cpus()[0]?.model.trim() ?? 'unknown',
    memoryGib: Math.round(totalmem() / 2 ** 30),
    kernel: `${type()} ${release()} ${arch()}`,
    node: process.version,
    nginx: await nginxVersion(),
    commit: await git('rev-parse', '--short=12', 'HEAD'),
    changed: changes === '' ? 0 : changes.split('\n').length,
    measuredAt: `${new Date().toISOString().slice(0, 16)}Z`,
  };
}

async function nginxVersion(): Promise<string> {
  const program = (await onPath('nginx')) ?? '/usr/sbin/nginx';
  const text = await runToEnd(program, ['-v']).catch(() => '');
  return /nginx\/([\d.]+)/.exec(text)?.[1] ?? 'not here';
}
