import { expect, test } from 'vitest';
import { pages } from './pages.ts';

const there = { path: 'core/random.ts', text: '' };
const problems = (text: string, path = 'docs/start.md') => pages.check([{ path, text }, there]).map((finding) => finding.problem);

test('a link into the void is found, one to a file, a folder or the web is fine', () => {
  expect(problems('[a](../core/gone.ts)')).toEqual(['links to ../core/gone.ts, which is not there']);
  expect(problems('[a](../core/random.ts#L3) [b](../core/) [c](https://example.org/x) [d](#e)')).toEqual([]);
});

test('a page that names a file which is gone is stale, a decision is history', () => {
  expect(problems('see `core/gone.ts`')).toEqual(['names core/gone.ts, which is not there']);
  expect(problems('see `core/random.ts` and `core/<name>.ts` and `dist/x.json`')).toEqual([]);
  expect(problems('see `core/gone.ts`', 'docs/decisions/0009-gone.md')).toEqual([]);
});

test('the map shows the rooms that are there and no others', () => {
  expect(problems('| `core/` | words |', 'ARCHITECTURE.md')).toEqual([]);
  expect(problems('', 'ARCHITECTURE.md')).toEqual(['does not show core/']);
  expect(problems('| `core/` | words |\n| `chaos/` | faults |', 'ARCHITECTURE.md')).toEqual(['shows chaos/, which is empty']);
});
