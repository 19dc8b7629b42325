import { expect, test } from 'vitest';
import { median, short, shortRange } from './figures.ts';

test('the median is a value that was measured: of two the lower one', () => {
  expect([median([3, 1, 2]), median([4, 1]), median([])]).toEqual([2, 1, null]);
});

test.each([
  [123_456.7, '123,457'],
  [99.94, '99.9'],
  [0.126, '0.13'],
  [null, '–'],
])('%d is written as %s', (value, text) => {
  expect(short(value)).toBe(text);
});

test('a range of one value is that value', () => {
  expect([shortRange([2]), shortRange([2000, 1000]), shortRange([])]).toEqual(['2.00', '1,000 – 2,000', '–']);
});
