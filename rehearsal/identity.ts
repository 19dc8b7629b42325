import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { hostname, userInfo } from 'node:os';
import { promisify } from 'node:util';
import { childEnvironment } from '../machine/child-environment.ts';
import { stamp } from './run-folder.ts';

const runProgram = promisify(execFile);

/** Unique on this machine and short enough for a process title: `20261124-101500-3fa9c1`. */
export function newRunId(at: Date): string {
  return `${stamp(at)}-${randomBytes(3).toString('hex')}`;
}

/** A fresh seed for a run that was given none; printed at the end, so that the run can be replayed. */
export function freshSeed(): number {
  return randomBytes(4).readUInt32BE() % 1_000_000;
}

/** Who started this: `alice@laptop`, and the CI job where there is one. */
export function startedBy(environment: NodeJS.ProcessEnv): string {
  const job = environment['GITHUB_RUN_ID'] ?? environment['CI_JOB_ID'] ?? environment['BUILD_TAG'];
  return `${userName()}@${hostname()}${job === undefined ? '' : ` (CI job ${job})`}`;
}

/** Where the system knows no name for this uid, as in many containers, its number. */
export function userName(): string {
  try {
    return userInfo().username;
  } catch {
    return `uid ${process.getuid?.() ?? 'unknown'}`;
  }
}

/** The commit of the working directory, marked when there are changes; null outside of a repository. */
export async function currentCommit(): Promise<string | null> {
  try {
    const options = { timeout: 3000, env: childEnvironment() };
    const { stdout } = await runProgram(
      'git',
      ['status', '--porcelain=v2', '--branch', '--no-ahead-behind', '--untracked-files=no'],
      options,
    );
    const lines = stdout.trim().split('\n');
    const [, commit] = /^# branch\.oid ([0-9a-f]{12})/m.exec(stdout) ?? [];
    if (commit === undefined) return null;
    return `${commit}${lines.every((line) => line.startsWith('# ')) ? '' : ' with changes'}`;
  } catch {
    return null;
  }
}

export async function versions(): Promise<{ [name: string]: string }> {
  const text = await readFile(new URL('../package.json', import.meta.url), 'utf8');
  const { version } = JSON.parse(text) as { version: string };
  return { launchstorm: version, node: process.versions.node, platform: `${process.platform} ${process.arch}` };
}
