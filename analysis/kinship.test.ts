import { cp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import type { RunRecord } from '../rehearsal/record.ts';
import { recordedRun } from './fixtures/runner-folder.ts';
import { splitRun } from './fixtures/split-run.ts';
import { changeReport, openTable, refusals } from './fixtures/table.ts';

const held = await recordedRun();
const table = await openTable();
afterAll(() => table.clear());

describe('what are no parts of one run is refused, every reason at once', () => {
  test('a runner that is named twice, by whatever name, or copied', async () => {
    const [one, two] = (await table.leave(splitRun(held.record, 2, 17), held)) as [string, string];
    await cp(two, join(table.root, 'copy'), { recursive: true });
    expect(await refusals([one, two, join(two, 'seconds.ndjson')])).toEqual(
      [`${two} once more: the same file`].map((text) => expect.stringContaining(text)),
    );
    expect(await refusals([one, two, join(table.root, 'copy')])).toEqual([
      expect.stringMatching(/is .* once more: the same run, simulated-7-2/),
    ]);
    await changeReport(join(table.root, 'copy'), (report) => ({ ...report, runId: 'another' }));
    expect(await refusals([one, two, join(table.root, 'copy')])).toEqual([expect.stringMatching(/the same seconds, byte for byte/)]);
  });

  test('other scenarios, seeds, environments and days, and whoever broke things as well', async () => {
    const [one, two, three] = splitRun(held.record, 3, 18) as [RunRecord, RunRecord, RunRecord];
    const header = { ...two.header, title: 'Another day', environment: 'staging', seed: 8, startedAt: '2025-01-01T00:01:00.000Z' };
    const folders = await table.leave([one, { ...two, header }, { ...three, faults: one.faults }], held);
    expect(await refusals([...folders, join(table.root, 'nowhere')], { runners: 3 })).toEqual([
      expect.stringMatching(/nowhere is not there$/),
      expect.stringMatching(/^--runners 4 were named, and there were 3$/),
      expect.stringMatching(/runner-3 broke things, and so did .*runner-1: these are two runs$/),
      expect.stringMatching(/runner-2 title is Another day, of .*runner-1 A short launch day$/),
      expect.stringMatching(/runner-2 environment is staging, of .*runner-1 sidecar$/),
      expect.stringMatching(/runner-2 seed is 8, of .*runner-1 7$/),
      expect.stringMatching(/runner-2 began 59.5 s after .*runner-1$/),
    ]);
  });

  test('seconds of nobody, a report of another format, a folder that is in use', async () => {
    const [one, two] = (await table.leave(splitRun(held.record, 2, 19), held)) as [string, string];
    await changeReport(two, (report) => ({ ...report, format: 'launchstorm.report/9' }));
    await rm(join(one, 'report.json'));
    await rm(join(one, 'journal.ndjson'));
    expect(await refusals([one, two], { out: one })).toEqual([
      expect.stringMatching(/says not whose seconds these are$/),
      expect.stringMatching(/report\.json: format Invalid input/),
      expect.stringMatching(/^--out .* is not empty$/),
    ]);
  });

  test('a run whose expectations nobody wrote down', async () => {
    const folders = await table.leave(splitRun(held.record, 2, 20), { ...held, entries: [] });
    expect(await refusals(folders)).toEqual([expect.stringMatching(/nobody says what was expected$/)]);
  });
});
