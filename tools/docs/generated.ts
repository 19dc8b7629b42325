import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { reportJsonSchema } from '../../rehearsal/report/json-schema.ts';
import { openLinter } from '../lint/linter.ts';
import { playersPage } from './players.ts';
import { referencePage, type ServiceOptions } from './reference.ts';

/** A file of docs/ that is made from rows of the code: its path from the root, and what it must hold. */
export type GeneratedFile = { path: string; text: string };

/** Every generated file as it should be now. `tools/docs.ts` writes them, `tools/docs.test.ts` finds those that are stale. */
export async function generatedFiles(root: string): Promise<readonly GeneratedFile[]> {
  const files = [
    { path: 'docs/reference.md', text: await referencePage(serviceOptions(root)) },
    { path: 'docs/players.md', text: playersPage() },
    { path: 'docs/report.schema.json', text: `${JSON.stringify(reportJsonSchema(), null, 2)}\n` },
  ];
  const linter = openLinter(root, readFileSync(join(root, 'biome.json'), 'utf8'));
  return files.map((file) => (file.path.endsWith('.json') ? { ...file, text: linter.repair(file) } : file));
}

/** Nobody imports the service: it is asked. */
function serviceOptions(root: string): ServiceOptions {
  const text = execFileSync(process.execPath, [join(root, 'service/main.ts'), '--print-schema'], { encoding: 'utf8', timeout: 20_000 });
  return JSON.parse(text) as ServiceOptions;
}
