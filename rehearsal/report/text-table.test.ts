import { expect, test } from 'vitest';
import { textTable, wrap } from './text-table.ts';

const columns = [
  { head: 'window', align: 'left', spare: 0, cells: ['before', 'during:a-very-long-fault-id'] },
  { head: 'p99', align: 'right', spare: 0, cells: ['6 ms', '17 ms'] },
  { head: 'p50', align: 'right', spare: 1, cells: ['2 ms', '3 ms'] },
] as const;

test('columns that can be spared go first, then the first column is shortened', () => {
  expect(textTable(columns, 60)[0]).toMatch(/window +p99 +p50/);
  expect(textTable(columns, 33)).toEqual([
    'window                        p99',
    'before                       6 ms',
    'during:a-very-long-fault-id 17 ms',
  ]);
  expect(textTable(columns, 20)).toEqual(['window           p99', 'before          6 ms', 'during:a-very… 17 ms']);
});

test('text is broken at spaces, a figure stays with its unit, a seed with its number, a long word is cut', () => {
  expect(wrap('search p99 6.9 ms', 14)).toEqual(['search p99', '6.9 ms']);
  expect(wrap('on local, seed 17', 14)).toEqual(['on local,', 'seed 17']);
  expect(wrap(`- ${'x'.repeat(20)}`, 12, '  ').every((line) => line.length <= 12)).toBe(true);
});
