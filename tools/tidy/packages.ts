import type { SourceFile } from '../tracked-files.ts';
import type { Finding, Rule } from './finding.ts';
import { importsOf } from './imports.ts';
import { isCode } from './rooms.ts';
import { shippedPaths } from './shipped.ts';

type Dependencies = { readonly [name: string]: string };
type Manifest = { dependencies?: Dependencies; devDependencies?: Dependencies; optionalDependencies?: Dependencies };
type Lock = { packages?: { readonly [path: string]: { resolved?: string; hasInstallScript?: boolean } } };

/** Packages that are used without being imported, each with its use. */
const usedWithoutImport: Dependencies = {
  typescript: 'the type check',
  '@types/node': 'types of Node',
  '@types/k6': 'types of what k6 brings along',
  '@biomejs/wasm-nodejs': 'loaded by @biomejs/js-api',
};

/** Modules that an engine brings along, as Node does its own: scripts for k6 run nowhere else. */
const ofEngines = ['k6'];

export const packages: Rule = {
  sentence: 'packages are pinned, run nothing at install, and are exactly those that are imported',
  check: (files) => {
    const manifest = files.find((file) => file.path === 'package.json');
    const lock = files.find((file) => file.path === 'package-lock.json');
    const read = manifest === undefined ? {} : (JSON.parse(manifest.text) as Manifest);
    return [
      ...pins(read),
      ...(lock === undefined ? [] : lockfile(JSON.parse(lock.text) as Lock)),
      ...imported(files, read),
      ...idle(files, read),
    ];
  },
};

function pins(manifest: Manifest): readonly Finding[] {
  const all = { ...manifest.dependencies, ...manifest.devDependencies, ...manifest.optionalDependencies };
  return Object.entries(all)
    .filter(([, version]) => !/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(version))
    .map(([name, version]) => inFile('package.json', `takes ${name} at "${version}"`, 'write one exact version'));
}

function lockfile(lock: Lock): readonly Finding[] {
  return Object.entries(lock.packages ?? {}).flatMap(([path, entry]) => [
    ...(entry.resolved === undefined || path === ''
      ? []
      : [inFile('package-lock.json', `says where ${path} comes from`, 'npm install with omit-lockfile-registry-resolved')]),
    ...(entry.hasInstallScript ? [inFile('package-lock.json', `${path} runs a script at install`, 'take a package that needs none')] : []),
  ]);
}

function imported(files: readonly SourceFile[], manifest: Manifest): readonly Finding[] {
  const found: Finding[] = [];
  const code = files.filter(({ path }) => isCode(path));
  const shipped = shippedPaths(code);
  for (const file of code) {
    // What never runs for a user may use what is only there while the project is worked on.
    const allowed = { ...manifest.dependencies, ...(shipped.has(file.path) ? {} : manifest.devDependencies) };
    for (const { specifier, target, line } of importsOf(file)) {
      const name = packageName(specifier);
      if (target !== null || name === '' || name.startsWith('node:') || ofEngines.includes(name) || name in allowed) continue;
      found.push({ path: file.path, line, problem: `imports ${name}`, remedy: 'name it in package.json, under dependencies if it ships' });
    }
  }
  return found;
}

/** Named in quotes anywhere counts as used: some packages are read as files and not imported. */
function idle(files: readonly SourceFile[], manifest: Manifest): readonly Finding[] {
  const code = files.filter(({ path }) => isCode(path));
  return Object.keys({ ...manifest.dependencies, ...manifest.devDependencies })
    .filter((name) => !(name in usedWithoutImport) && !code.some(({ text }) => text.includes(`'${name}'`) || text.includes(`'${name}/`)))
    .map((name) => inFile('package.json', `takes ${name}, which nobody imports`, 'remove it'));
}

function packageName(specifier: string): string {
  const parts = specifier.split('/');
  return specifier.startsWith('@') ? parts.slice(0, 2).join('/') : (parts[0] as string);
}

function inFile(path: string, problem: string, remedy: string): Finding {
  return { path, line: 0, problem, remedy };
}
