import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { openLinter } from '../lint/linter.ts';
import { tableOf } from './quantiles.ts';
import { lawRows } from './rows.ts';

export const tablesPath = 'core/laws/tables.ts';

const head = `/**
 * Quantiles of laws at the shares of grid.ts, in 1/2^20 of the mean. Written by \`node tools/laws.ts\`, which may use functions whose last
 * bit differs between engines; a test makes them anew and compares. Each law's own file says how far its table is from the exact law.
 */
`;

/** The file of all tables as it should be. */
export function tablesFile(root: string): string {
  const tables = lawRows.map(({ name, quantile }) => `export const ${name}: readonly number[] = [${tableOf(quantile).join(', ')}];\n`);
  const linter = openLinter(root, readFileSync(join(root, 'biome.json'), 'utf8'));
  return linter.repair({ path: tablesPath, text: `${head}${tables.join('\n')}` });
}
