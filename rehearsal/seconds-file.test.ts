import { appendFile, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { toJson } from '../simulator/measure/histogram.ts';
import { counted } from './fixtures/counted.ts';
import { inFolder } from './fixtures/folder.ts';
import { rehearse } from './fixtures/simulated-world.ts';
import { reportOf } from './report-of-run.ts';
import { appendSeconds, readSeconds } from './seconds-file.ts';

test('a report made from the file is the report of the run', async () => {
  const { record, report } = await rehearse({ ails: ({ cacheIsBroken }) => (cacheIsBroken ? 'refuses' : 'none') });
  await inFolder(async (folder) => {
    const path = join(folder, 'seconds.ndjson');
    // As it is written: a few slices at a time.
    for (let from = 0; from < record.slices.length; from += 3) await appendSeconds(path, record.slices.slice(from, from + 3));
    expect(reportOf({ ...record, slices: await readSeconds(path) })).toEqual(report);
  });
});

test('each line is one second and operation, for people and other programs', async () => {
  await inFolder(async (folder) => {
    const path = join(folder, 'seconds.ndjson');
    await appendSeconds(path, [counted(3000, 4000, { ok: 2, refused: 1, chainsUseful: 1 })]);
    const lines = (await readFile(path, 'utf8'))
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(lines.map((line) => line.operation)).toEqual(['search', 'spawns', 'biome', 'chain']);
    expect(lines[0]).toMatchObject({
      fromMs: 3000,
      toMs: 4000,
      planned: 3,
      ok: 2,
      refused: 1,
      refusals: { '5xx': 1 },
      latencyUs: { count: 3 },
    });
    expect(lines[3]).toMatchObject({ planned: 1, completed: 1, useful: 1 });
  });
});

test('a last line that was torn is left out, and what stands before it is kept', async () => {
  await inFolder(async (folder) => {
    const path = join(folder, 'seconds.ndjson');
    await appendSeconds(path, [counted(0, 1000, { ok: 7 })]);
    await appendFile(path, '{"fromMs":1000,"toMs":2000,"players":1,"operation":"sea');
    const slices = await readSeconds(path);
    expect(slices).toHaveLength(1);
    expect(slices[0]?.operations.search).toMatchObject({ planned: 7, pending: 0 });
    expect(toJson(slices[0]!.operations.search.latencyUs)).toMatchObject({ count: 7 });
  });
});

test('without a file there are no seconds', async () => {
  await inFolder(async (folder) => {
    expect(await readSeconds(join(folder, 'none.ndjson'))).toEqual([]);
    await writeFile(join(folder, 'empty.ndjson'), '');
    expect(await readSeconds(join(folder, 'empty.ndjson'))).toEqual([]);
  });
});
