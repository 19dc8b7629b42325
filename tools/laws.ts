import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { tablesFile, tablesPath } from './laws/tables-file.ts';

/** Writes the tables of the laws: `node tools/laws.ts`. Stale ones fail tier `test`. */

const root = join(import.meta.dirname, '..');
writeFileSync(join(root, tablesPath), tablesFile(root));
process.stdout.write(`${tablesPath}\n`);
