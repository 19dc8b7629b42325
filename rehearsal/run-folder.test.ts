import { existsSync } from 'node:fs';
import { mkdir, readdir, readlink, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { inFolder } from './fixtures/folder.ts';
import { chooseFolder, createFolder, folderProblems, slug, tidyRuns } from './run-folder.ts';

const at = new Date('2026-11-24T10:15:00Z');
const home = process.cwd();

/** In a folder of its own as working directory: `runs/` is where the user is. */
async function elsewhere(work: () => Promise<void>): Promise<void> {
  await inFolder(async (folder) => {
    process.chdir(folder);
    await work();
    process.chdir(home);
  });
}

beforeEach(() => process.chdir(home));
afterEach(() => process.chdir(home));

/** A run that is over: told, and nothing to put back. */
async function finished(name: string): Promise<string> {
  const folder = join(process.cwd(), 'runs', name);
  await createFolder(folder);
  await writeFile(join(folder, 'report.json'), '{}');
  return folder;
}

const runNames = async () => (await readdir('runs')).filter((name) => name !== 'latest').sort();
const nameOf = (nth: number) => `20261124-10150${nth}-launch-day-7`;

describe('the folder of a run', () => {
  test('is named after time, scenario and seed, and never one that is there already', async () => {
    await elsewhere(async () => {
      const first = chooseFolder(undefined, 'launch-day', 7, at);
      expect(basename(first)).toBe('20261124-101500-launch-day-7');
      await createFolder(first);
      const second = chooseFolder(undefined, 'launch-day', 7, at);
      await createFolder(second);
      expect([second, chooseFolder(undefined, 'launch-day', 7, at)].map((folder) => basename(folder))).toEqual([
        '20261124-101500-launch-day-7-2',
        '20261124-101500-launch-day-7-3',
      ]);
    });
  });

  test('is the one that the user named, if it is empty or not there yet', async () => {
    await inFolder(async (folder) => {
      expect(chooseFolder(folder, 'x', 1, at)).toBe(folder);
      expect(await folderProblems(folder, folder)).toEqual([]);
      expect(await folderProblems(join(folder, 'new'), join(folder, 'new'))).toEqual([]);
      await writeFile(join(folder, 'journal.ndjson'), '');
      expect(await folderProblems(folder, folder)).toMatchObject([{ place: '--out', problem: expect.stringContaining('not empty') }]);
      const file = join(folder, 'journal.ndjson');
      expect(await folderProblems(file, file)).toMatchObject([{ place: '--out', problem: expect.stringContaining('cannot be used') }]);
    });
  });

  test('needs no quoting, whatever the scenario is called', () => {
    expect(['Launch Day!', '../../etc', '', 'a'.repeat(90)].map(slug)).toEqual(['launch-day', 'etc', 'run', 'a'.repeat(40)]);
  });
});

describe('old runs', () => {
  test('are pruned but for the newest, and latest points at the newest', async () => {
    await elsewhere(async () => {
      for (const nth of [1, 2, 3, 4]) await finished(nameOf(nth));
      const newest = await finished(nameOf(5));
      await tidyRuns(newest, 3);
      expect(await runNames()).toEqual([nameOf(3), nameOf(4), nameOf(5)]);
      expect(await readlink(join('runs', 'latest'))).toBe(nameOf(5));
      const next = await finished(nameOf(6));
      await tidyRuns(next, 3);
      expect(await readlink(join('runs', 'latest'))).toBe(nameOf(6));
    });
  });

  test('are kept while something may still have to be put back, and while they are not told yet', async () => {
    await elsewhere(async () => {
      await writeFile(join(await finished(nameOf(1)), 'undo.secrets'), '{}');
      await createFolder(join(process.cwd(), 'runs', nameOf(2)));
      await finished(nameOf(3));
      const newest = await finished(nameOf(4));
      await tidyRuns(newest, 1);
      expect(await runNames()).toEqual([nameOf(1), nameOf(2), nameOf(4)]);
    });
  });

  test('are left alone where the name is none of ours, and so is this run itself', async () => {
    await elsewhere(async () => {
      await mkdir('runs/my-notes', { recursive: true });
      const mine = await finished(nameOf(1));
      await finished(nameOf(2));
      await tidyRuns(mine, 0);
      expect(await runNames()).toEqual([nameOf(1), 'my-notes']);
    });
  });

  test('are not looked at where the user named a folder', async () => {
    await elsewhere(async () => {
      await finished(nameOf(1));
      await createFolder(join(process.cwd(), 'own'));
      await tidyRuns(join(process.cwd(), 'own'), 0);
      expect(await runNames()).toEqual([nameOf(1)]);
      expect(existsSync(join('runs', 'latest'))).toBe(false);
    });
  });
});
