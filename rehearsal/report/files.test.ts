import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { MalformedReport, writeReportFiles } from './files.ts';
import { sampleReport } from './fixtures/sample-report.ts';
import { reportSchema } from './format.ts';
import { reportJsonSchema } from './json-schema.ts';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'launchstorm-report-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

test('a run leaves four files and no temporary one, and report.json reads back as it was', async () => {
  const report = sampleReport();
  const paths = await writeReportFiles(folder, report);
  expect((await readdir(folder)).sort()).toEqual(['junit.xml', 'report.html', 'report.json', 'summary.md']);
  expect(reportSchema.parse(JSON.parse(await readFile(paths.json, 'utf8')))).toEqual(report);
  expect(await readFile(paths.html, 'utf8')).toMatch(/^<!doctype html>/);
});

test('a report that does not fit its format is refused with its place, and nothing is written', async () => {
  const malformed = { ...sampleReport(), seed: 1.5, notes: [7] };
  const writing = writeReportFiles(folder, malformed as never);
  await expect(writing).rejects.toThrow(MalformedReport);
  await expect(writing).rejects.toThrow(/seed[\s\S]*notes\[0\]/);
  expect(await readdir(folder)).toEqual([]);
});

test('the published schema names every field of a report and allows no other', () => {
  const schema = reportJsonSchema() as { properties: object; required: string[]; additionalProperties: boolean };
  expect(Object.keys(schema.properties).sort()).toEqual(Object.keys(sampleReport()).sort());
  expect(schema.required).toContain('verdict');
  expect(schema.additionalProperties).toBe(false);
});
