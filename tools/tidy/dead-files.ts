import type { SourceFile } from '../tracked-files.ts';
import type { Rule } from './finding.ts';
import { importsOf } from './imports.ts';
import { isTestCode } from './rooms.ts';
import { shippedEntries } from './shipped.ts';

/** Files that something outside the import graph starts. */
const entries = [
  ...shippedEntries,
  /\.test\.ts$/,
  /^tools\/[^/]+\.ts$/,
  /^bench\/[^/]+\.ts$/,
  /^rehearsal\/report\/[^/]+\.browser\.ts$/,
  /^vitest\.config\.ts$/,
];

export const deadFiles: Rule = {
  sentence: 'every file is imported by another one than its own test, or is an entry',
  check: (files) => {
    const code = files.filter((file) => file.path.endsWith('.ts'));
    const used = usedPaths(code);
    return code
      .filter(({ path }) => !used.has(path) && !entries.some((entry) => entry.test(path)) && !isFixtureInUse(path, files))
      .map(({ path }) => ({ path, line: 0, problem: 'is imported by nobody but its own test', remedy: 'use it or delete it' }));
  },
};

/** Fixtures may be started or read by their path, so being named there is enough. */
function isFixtureInUse(path: string, files: readonly SourceFile[]): boolean {
  const name = /(^|\/)(fixtures\/.+)$/.exec(path)?.[2];
  return name !== undefined && files.some((file) => file.path !== path && file.text.includes(name));
}

function usedPaths(files: readonly SourceFile[]): ReadonlySet<string> {
  const used = new Set<string>();
  for (const file of files) {
    for (const { target } of importsOf(file)) {
      if (target !== null && target !== file.path && !isOwnTest(file.path, target)) used.add(target);
    }
  }
  return used;
}

/** `x.test.ts` (or `x.ci.test.ts`) beside `x.ts`. What only test code needs is test code, not dead. */
function isOwnTest(test: string, tested: string): boolean {
  return !isTestCode(tested) && test.replace(/(\.ci|\.long)?\.test\.ts$/, '.ts') === tested;
}
