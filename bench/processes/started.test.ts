import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { startProgram } from './started.ts';
import { usageOf } from './usage.ts';

test('what a program prints is kept, and its end is told', async () => {
  const program = await started('console.log("played"); console.error("loudly"); process.exit(3)');
  expect(await program.ended).toBe(3);
  expect(await program.output()).toBe('played\nloudly\n');
  expect(program.isAlive()).toBe(false);
});

test('a program and whatever it started are counted, and ended, together', async () => {
  const child = 'setInterval(() => {}, 1000)';
  const program = await started(
    `require("child_process").spawn(process.execPath, ["-e", ${JSON.stringify(child)}]); process.on("SIGINT", () => {}); ${child}`,
  );
  while (usageOf([program.pid]).processes < 2) await new Promise((resolve) => setTimeout(resolve, 20));
  expect(usageOf([program.pid]).rssBytesMax).toBeGreaterThan(10_000_000);
  await program.stop(50);
  while (usageOf([program.pid]).processes > 0) await new Promise((resolve) => setTimeout(resolve, 20));
});

async function started(code: string) {
  const folder = await mkdtemp(join(tmpdir(), 'launchstorm-started-'));
  const program = await startProgram({ program: process.execPath, args: ['-e', code] }, { name: 'a program', folder, core: null });
  onTestFinished(async () => {
    await program.stop(50);
    await rm(folder, { recursive: true, force: true });
  });
  return program;
}
