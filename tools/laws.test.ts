import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { tablesFile, tablesPath } from './laws/tables-file.ts';

const root = join(import.meta.dirname, '..');

test('the tables are those of the laws; `node tools/laws.ts` writes them anew', () => {
  expect(readFileSync(join(root, tablesPath), 'utf8')).toBe(tablesFile(root));
});
