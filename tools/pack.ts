import { spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, extname, join } from 'node:path';
import { trackedPaths } from './tracked-files.ts';

/**
 * Builds what the package ships; npm runs it before it packs (`prepack`). `dist/` is this tree as far as it runs for a user: every `.ts`
 * compiled to `.js` with its types, beside it the files that it reads, so that whatever is found relative to a module is found there too.
 * Exit codes: 0 built, 1 the source does not compile.
 */

const root = join(import.meta.dirname, '..');
const dist = join(root, 'dist');

/** Read at run time by the modules beside them. */
const assetEndings = ['.js', '.css', '.html', '.wasm'];

function main(): number {
  rmSync(dist, { recursive: true, force: true });
  if (!compile('--emitDeclarationOnly') || !compile('--declaration', 'false', '--removeComments')) return 1;
  dropTypesBut('rehearsal/scenario.d.ts');
  copyAssets();
  writeManifest();
  return 0;
}

/** Twice: what people read in their editor keeps its comments, an eighth of what only runs would be nothing else. */
function compile(...options: readonly string[]): boolean {
  const compiler = join(root, 'node_modules/typescript/bin/tsc');
  return spawnSync(process.execPath, [compiler, '-p', join(root, 'tsconfig.build.json'), ...options], { stdio: 'inherit' }).status === 0;
}

/**
 * Of the types only those that somebody can import (`exports` in package.json) and what they refer to: all of them are a quarter of the
 * size.
 */
function dropTypesBut(entry: string): void {
  const kept = new Set<string>();
  for (const wanted = [join(dist, entry)]; wanted.length > 0; ) {
    const file = wanted.pop() as string;
    if (kept.has(file)) continue;
    kept.add(file);
    const referred = readFileSync(file, 'utf8').matchAll(/(?:\bfrom |\bimport\()['"](\.[^'"]+)\.[jt]s['"]/g);
    for (const [, path] of referred) wanted.push(join(dirname(file), `${path}.d.ts`));
  }
  for (const path of readdirSync(dist, { recursive: true, encoding: 'utf8' })) {
    if (path.endsWith('.d.ts') && !kept.has(join(dist, path))) rmSync(join(dist, path));
  }
}

/** A folder ships as soon as one of its modules does. */
function copyAssets(): void {
  for (const path of trackedPaths(root)) {
    if (!assetEndings.includes(extname(path)) || dirname(path) === '.' || !existsSync(join(dist, dirname(path)))) continue;
    copyFileSync(join(root, path), join(dist, path));
  }
}

/** Only what the compiled modules read of it: what npm goes by is the package's own manifest. */
function writeManifest(): void {
  const { name, version, type } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { [field: string]: unknown };
  writeFileSync(join(dist, 'package.json'), `${JSON.stringify({ name, version, type }, null, 2)}\n`);
}

process.exitCode = main();
