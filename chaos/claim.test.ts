import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { startTicksOf } from '../machine/process-table.ts';
import { claim } from './claim.ts';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'launchstorm-claim-'));
});
afterEach(() => rm(folder, { recursive: true }));

test('one holder at a time, even within one process, and nothing is left behind', async () => {
  let holders = 0;
  let holdersMax = 0;
  const work = async () => {
    const held = await claim(folder, 'x', 5000);
    holdersMax = Math.max(holdersMax, ++holders);
    await new Promise((resolve) => setTimeout(resolve, 5));
    holders--;
    await held?.release();
  };
  await Promise.all(Array.from({ length: 8 }, work));
  expect(holdersMax).toBe(1);
  expect(await readdir(folder)).toEqual([]);
});

test('a live holder is waited for, and given up on in the end', async () => {
  const other = spawn('sleep', ['30'], { stdio: 'ignore' });
  const file = join(folder, `.x.${other.pid}-${startTicksOf(other.pid as number)}.claim`);
  await writeFile(file, '');
  expect(await claim(folder, 'x', 60)).toBeNull();
  const waiting = claim(folder, 'x', 5000);
  other.kill('SIGKILL');
  await once(other, 'exit');
  expect(await waiting).not.toBeNull();
});

test('the claim of a dead process, or of another one that has its pid now, is no claim', async () => {
  await writeFile(join(folder, `.x.${process.ppid}-1.claim`), '');
  await writeFile(join(folder, '.x.4000000-1.claim'), '');
  const held = await claim(folder, 'x', 0);
  expect(held).not.toBeNull();
  await held?.release();
  expect(await readdir(folder)).toEqual([]);
});

test('two names are two claims', async () => {
  const one = await claim(folder, 'x', 0);
  const two = await claim(folder, 'y', 0);
  expect([one === null, two === null]).toEqual([false, false]);
  await one?.release();
  await two?.release();
});
