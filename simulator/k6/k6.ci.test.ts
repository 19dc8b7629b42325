import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { bundle } from './bundle.ts';

const runProgram = promisify(execFile);

/** k6 is the one on the PATH: `.ci/run` builds it with the output in `extension/`. */
test('in a real k6 players decide what the golden file says, byte for byte', { timeout: 60_000 }, async () => {
  const folder = await mkdtemp(join(tmpdir(), 'launchstorm-golden-'));
  try {
    const script = join(folder, 'golden.js');
    await writeFile(script, await bundle(join(import.meta.dirname, 'fixtures/golden-script.ts'), {}));
    const { stdout } = await runProgram('k6', ['run', '--quiet', '--address', '', script], { maxBuffer: 16 * 1024 * 1024 });
    const golden = new URL('../players/golden/decisions-seed-17.txt', import.meta.url);
    expect(stdout).toBe(await readFile(golden, 'utf8'));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});

test('the k6 of the machine has the output that writes seconds', async () => {
  const { stdout } = await runProgram('k6', ['version']);
  expect(stdout).toContain('launchstorm [output]');
});

test('the Go code is formatted, sound, and passes its tests', { timeout: 300_000 }, async () => {
  const cwd = join(import.meta.dirname, 'extension');
  expect((await runProgram('gofmt', ['-l', '.'], { cwd })).stdout).toBe('');
  await runProgram('go', ['vet', './...'], { cwd });
  const { stdout } = await runProgram('go', ['test', '-p', '2', './...'], { cwd });
  expect(stdout).toMatch(/^ok\s/m);
});
