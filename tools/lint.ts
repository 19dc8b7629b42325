import { readFileSync, writeFileSync } from 'node:fs';
import { join, relative, resolve, sep } from 'node:path';
import { type Linter, openLinter, writeProblem } from './lint/linter.ts';
import { type SourceFile, trackedPaths } from './tracked-files.ts';

/**
 * Formatter and linter: Biome compiled to WebAssembly (docs/decisions/0002-biome-as-webassembly.md), rules in biome.json.
 * `node tools/lint.ts [--write] [PATH…]` checks every file that is tracked or could be, or those in the folders named;
 * `--write` repairs first what is safe to repair. Exit codes: 0 clean, 1 problems are left, 64 unknown argument.
 */

const root = join(import.meta.dirname, '..');
const endings = ['.ts', '.mts', '.js', '.mjs', '.json'];
/** Data that programs write, in a shape of their own: npm's, and the bench's. */
const isForeign = (path: string) => path === 'package-lock.json' || path.startsWith('bench/results/');

function main(args: readonly string[]): number {
  const write = args.includes('--write');
  const places = args.filter((arg) => arg !== '--write');
  if (places.some((place) => place.startsWith('-'))) {
    process.stderr.write('usage: node tools/lint.ts [--write] [PATH…]\n');
    return 64;
  }
  const linter = openLinter(root, readFileSync(join(root, 'biome.json'), 'utf8'));
  const paths = pathsToCheck(places);
  const problems = paths.flatMap((path) => linter.check(write ? repaired(linter, path) : read(path)));
  for (const problem of problems) process.stdout.write(`${writeProblem(problem)}\n`);
  process.stdout.write(`lint: ${paths.length} files, ${problems.length} problems\n`);
  return problems.length === 0 ? 0 : 1;
}

function pathsToCheck(places: readonly string[]): readonly string[] {
  const inside = places.map((place) => relative(root, resolve(place)).split(sep).join('/'));
  return trackedPaths(root).filter((path) => {
    if (isForeign(path) || !endings.some((ending) => path.endsWith(ending))) return false;
    return inside.length === 0 || inside.some((place) => place === '' || path === place || path.startsWith(`${place}/`));
  });
}

function read(path: string): SourceFile {
  return { path, text: readFileSync(join(root, path), 'utf8') };
}

/** Reads just before it writes: an editor that saves meanwhile must not lose its work. */
function repaired(linter: Linter, path: string): SourceFile {
  const file = read(path);
  const text = linter.repair(file);
  if (text !== file.text) writeFileSync(join(root, path), text);
  return { path, text };
}

process.exitCode = main(process.argv.slice(2));
