import { expect, test } from 'vitest';
import type { Example } from './figures.ts';
import { createShelf, examplesMax } from './shelf.ts';

test('keeps a bounded number of each kind, and says when it has enough', () => {
  const shelf = createShelf();
  for (let index = 0; index < 500; index++) if (shelf.wants('search', 'empty', index)) shelf.put(example(index));
  expect(shelf.list(0, 1000)).toHaveLength(examplesMax);
  expect(shelf.wants('search', 'wrong', 0)).toBe(true);
});

test('a storm before a cut does not use up the examples after it', () => {
  const shelf = createShelf();
  for (let index = 0; index < 500; index++) if (shelf.wants('search', 'empty', index)) shelf.put(example(index));
  shelf.cut(500);
  expect(shelf.wants('search', 'empty', 499)).toBe(false);
  expect(shelf.wants('search', 'empty', 500)).toBe(true);
  shelf.put(example(700));
  expect(shelf.list(500, 1000).map(({ atMs }) => atMs)).toEqual([700]);
});

function example(atMs: number): Example {
  return { journey: 1, requestId: `1-1-${atMs}`, atMs, operation: 'search', outcome: 'empty', status: 200, pod: 'pod-0', detail: '' };
}
