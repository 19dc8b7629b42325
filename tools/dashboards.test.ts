import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { dashboardTexts } from './dashboards/texts.ts';

const root = join(import.meta.dirname, '..');
const files = dashboardTexts(root);

describe.each(files)('$path', ({ path, text, breaches }) => {
  test('is what the dashboard in TypeScript says; `node tools/dashboards.ts` writes it anew', () => {
    expect(readFileSync(join(root, path), 'utf8')).toBe(text);
  });

  test('keeps the rules of a good dashboard', () => {
    expect(breaches).toEqual([]);
  });
});

test('no dashboard is left behind that nobody writes any more', () => {
  expect(readdirSync(join(root, 'dashboards/json')).sort()).toEqual(files.map(({ path }) => path.replace('dashboards/json/', '')).sort());
});
