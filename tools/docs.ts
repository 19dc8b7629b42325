import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { generatedFiles } from './docs/generated.ts';

/** Writes the generated part of docs/: `npm run docs`. A stale file fails tier `test`. */

const root = join(import.meta.dirname, '..');

for (const { path, text } of await generatedFiles(root)) {
  writeFileSync(join(root, path), text);
  process.stdout.write(`${path}\n`);
}
