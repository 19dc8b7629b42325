import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A text file of the repository: path from the root with forward slashes, and its whole text. */
export type SourceFile = { path: string; text: string };

/** Paths of all files that are tracked or could be (not ignored), sorted; so that a file is checked before it is committed. */
export function trackedPaths(root: string): readonly string[] {
  // A checkout that belongs to another user (containers, CI) is refused by git unless it is named as safe.
  const list = execFileSync('git', ['-c', `safe.directory=${root}`, 'ls-files', '-co', '--exclude-standard', '-z'], {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  });
  const paths = new Set(list.split('\0').filter((path) => path !== ''));
  return [...paths].filter((path) => existsSync(join(root, path))).sort();
}

/** The files among `trackedPaths` that end in one of `endings`, read whole. */
export function trackedFiles(root: string, endings: readonly string[]): readonly SourceFile[] {
  return trackedPaths(root)
    .filter((path) => endings.some((ending) => path.endsWith(ending)))
    .map((path) => ({ path, text: readFileSync(join(root, path), 'utf8') }));
}
