import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { sampleReport } from '../rehearsal/report/fixtures/sample-report.ts';
import { generatedFiles } from './docs/generated.ts';
import { partsOf, schemaOf } from './docs/schema-rows.ts';

const root = join(import.meta.dirname, '..');
const files = await generatedFiles(root);

test.each(files)('$path says what the code says; `npm run docs` writes it anew', ({ path, text }) => {
  expect(readFileSync(join(root, path), 'utf8')).toBe(text);
});

test('the published schema takes a report, and refuses one with a field that is missing, of another type or unknown', () => {
  const published = JSON.parse(readFileSync(join(root, 'docs/report.schema.json'), 'utf8'));
  const schema = z.fromJSONSchema(published);
  const report = sampleReport();
  expect(schema.safeParse(report).success).toBe(true);
  const { seed: _seed, ...without } = report;
  for (const wrong of [without, { ...report, seed: 'seven' }, { ...report, surprise: 1 }])
    expect(schema.safeParse(wrong).success).toBe(false);
});

test('rows name every option with its path, what it takes, its default and its help', () => {
  const duration = z.string().regex(/^[\d.]+s$/);
  const name = z.string().regex(/^[a-z0-9]+$/);
  const rows = z.strictObject({
    title: z.string(),
    pods: z.number().int().min(1).max(16).default(3).describe('pods of the service'),
    steps: z
      .array(z.strictObject({ at: duration.describe('since play began'), how: z.enum(['hard', 'soft']).optional(), id: name.optional() }))
      .max(5),
    fault: z.discriminatedUnion('kind', [z.strictObject({ kind: z.literal('a'), share: z.number().gt(0).lt(1) })]),
  });
  expect(partsOf(schemaOf(rows), 'all')).toEqual([
    {
      title: 'all',
      lines: [
        { name: 'title', takes: 'text', fallback: 'must be given', help: '' },
        { name: 'pods', takes: 'whole number, 1 to 16', fallback: '3', help: 'pods of the service' },
        { name: 'steps', takes: 'list, at most 5', fallback: 'must be given', help: '' },
        { name: 'steps[].at', takes: 'duration', fallback: 'must be given', help: 'since play began' },
        { name: 'steps[].how', takes: '`hard`, `soft`', fallback: '', help: '' },
        { name: 'steps[].id', takes: 'text', fallback: '', help: '' },
        { name: 'fault', takes: 'object', fallback: 'must be given', help: '' },
      ],
    },
    {
      title: "`fault` with `kind: 'a'`",
      lines: [
        { name: 'kind', takes: '`a`', fallback: 'must be given', help: '' },
        { name: 'share', takes: 'number, 0 to 1, both excluded', fallback: 'must be given', help: '' },
      ],
    },
  ]);
});
