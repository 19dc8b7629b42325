import { existsSync } from 'node:fs';
import { mkdir, readdir, rename, rm, symlink } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { secretsName } from '../chaos/secrets.ts';
import type { Problem } from '../core/problem.ts';
import { pathsIn } from './report/paths.ts';

/** Only folders of this name are ever pruned: `20261124-101500-launch-day-7`. */
const runFolderName = /^\d{8}-\d{6}-[a-z0-9-]+-\d+(-\d+)?$/;

/** `runs/<time>-<scenario>-<seed>/`, or the folder that the user named. Nothing is created yet. */
export function chooseFolder(out: string | undefined, scenarioName: string, seed: number, startedAt: Date): string {
  if (out !== undefined) return resolve(out);
  const name = `${stamp(startedAt)}-${slug(scenarioName)}-${seed}`;
  const wanted = resolve('runs', name);
  for (let copy = 2; ; copy++) {
    const free = copy === 2 ? wanted : `${wanted}-${copy - 1}`;
    if (!existsSync(free)) return free;
  }
}

/** A folder that already holds a run would mix two runs in one journal. */
export async function folderProblems(folder: string, out: string | undefined): Promise<readonly Problem[]> {
  if (out === undefined) return [];
  const entries = await readdir(folder).catch((error: NodeJS.ErrnoException) => (error.code === 'ENOENT' ? [] : error));
  if (!Array.isArray(entries))
    return [{ place: '--out', problem: `${folder} cannot be used: ${entries.message}`, remedy: 'name a folder that does not exist yet' }];
  return entries.length === 0
    ? []
    : [{ place: '--out', problem: `${folder} is not empty`, remedy: 'name a folder that does not exist yet, or empty it' }];
}

export async function createFolder(folder: string): Promise<void> {
  await mkdir(join(folder, 'logs'), { recursive: true });
}

/** Points `runs/latest` at the newest run and forgets the oldest ones; only where the tool chose the folder itself. */
export async function tidyRuns(folder: string, keep: number): Promise<void> {
  const runs = resolve('runs');
  if (resolve(folder, '..') !== runs) return;
  await pointLatestAt(folder, runs);
  const names = (await readdir(runs)).filter((name) => runFolderName.test(name)).sort();
  for (const name of names.slice(0, Math.max(0, names.length - keep))) {
    if (name !== basename(folder) && isOver(join(runs, name))) await rm(join(runs, name), { recursive: true, force: true });
  }
}

/**
 * Told, and nothing left to put back: a run without its report may still be under way beside us, and `undo.secrets` exists exactly
 * as long as something may have to be put back.
 */
function isOver(folder: string): boolean {
  return existsSync(pathsIn(folder).json) && !existsSync(join(folder, secretsName));
}

async function pointLatestAt(folder: string, runs: string): Promise<void> {
  const temporary = join(runs, `.latest-${process.pid}`);
  await rm(temporary, { force: true });
  await symlink(basename(folder), temporary);
  await rename(temporary, join(runs, 'latest')).catch(() => rm(temporary, { force: true }));
}

/** `20261124-101500` in UTC: sorts by time, needs no quoting. */
export function stamp(at: Date): string {
  return at.toISOString().slice(0, 19).replaceAll('-', '').replaceAll(':', '').replace('T', '-');
}

export function slug(text: string): string {
  const plain = text.toLowerCase().replace(/[^a-z0-9]+/g, '-');
  return plain.replace(/^-|-$/g, '').slice(0, 40) || 'run';
}
