import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { stripTypeScriptTypes } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, test } from 'vitest';
import { commandLine, programAt } from './program.ts';

const source = pathToFileURL('/somewhere with spaces/service/main.ts');

test('in the repository a program is its source, and npm starts the tool', () => {
  expect(programAt(source)).toBe('/somewhere with spaces/service/main.ts');
  expect(commandLine('rehearse')).toBe('npm run rehearse --');
  expect(commandLine('load')).toBe('npm run launchstorm -- load');
});

test('in the package a program is what was compiled from it, and npx starts the tool', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'launchstorm-program-'));
  try {
    const compiled = join(folder, 'program.js');
    await writeFile(join(folder, 'package.json'), '{ "type": "module" }');
    await writeFile(compiled, stripTypeScriptTypes(await readFile(join(import.meta.dirname, 'program.ts'), 'utf8')));
    const inPackage = (await import(pathToFileURL(compiled).href)) as { programAt: typeof programAt; commandLine: typeof commandLine };
    expect(inPackage.programAt(source)).toBe('/somewhere with spaces/service/main.js');
    expect(inPackage.commandLine('rehearse')).toBe('npx launchstorm rehearse');
    expect(inPackage.commandLine('load')).toBe('npx launchstorm load');
  } finally {
    await rm(folder, { recursive: true });
  }
});
