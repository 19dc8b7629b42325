import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { bannedWords, isWritten } from './tidy/banned-words.ts';
import { cycles } from './tidy/cycles.ts';
import { deadFiles } from './tidy/dead-files.ts';
import { fileNames } from './tidy/file-names.ts';
import { type Rule, writeFinding } from './tidy/finding.ts';
import { importTable } from './tidy/import-table.ts';
import { lengths } from './tidy/lengths.ts';
import { modules } from './tidy/modules.ts';
import { packages } from './tidy/packages.ts';
import { pages } from './tidy/pages.ts';
import { purity } from './tidy/purity.ts';
import { type SourceFile, trackedPaths } from './tracked-files.ts';

/** The rules of the house, run on the house. Each rule has tests of its own beside it, which show it a breach. */
const rules: readonly Rule[] = [importTable, purity, cycles, modules, deadFiles, bannedWords, lengths, fileNames, packages, pages];

const root = join(import.meta.dirname, '..');

const tree: readonly SourceFile[] = trackedPaths(root).map((path) => {
  const file = { path, text: '' };
  // Pictures and binaries are there by name only.
  return isWritten(file) ? { path, text: readFileSync(join(root, path), 'utf8') } : file;
});

describe('tidy', () => {
  test.each(rules)('$sentence', ({ check }) => {
    expect(check(tree).map(writeFinding)).toEqual([]);
  });

  test('the rules look at a tree that is there', () => {
    expect(tree.map((file) => file.path)).toContain('tools/tidy.test.ts');
  });
});
