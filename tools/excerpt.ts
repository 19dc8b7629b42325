import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { excerptOf, fill } from './excerpt/cut.ts';

/**
 * Shows what a rehearsal prints, in README.md; by hand, at a release:
 *   npm run --silent rehearse -- --seed 7 > rehearsal.log 2>&1; node tools/excerpt.ts rehearsal.log
 * Exit codes: 0 written, 64 no recording of a rehearsal, or no place for it.
 */

const page = join(import.meta.dirname, '..', 'README.md');

function main([recording]: readonly string[]): number {
  if (recording === undefined) {
    process.stderr.write('usage: node tools/excerpt.ts RECORDING\n');
    return 64;
  }
  try {
    writeFileSync(page, fill(readFileSync(page, 'utf8'), 'rehearse', excerptOf(readFileSync(recording, 'utf8'))));
    return 0;
  } catch (error) {
    process.stderr.write(`${recording}: ${error instanceof Error ? error.message : String(error)}\n`);
    return 64;
  }
}

process.exitCode = main(process.argv.slice(2));
