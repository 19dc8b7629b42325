import fc from 'fast-check';
import { expect, test } from 'vitest';
import { LruCache } from './lru.ts';

test('it forgets what was used longest ago', () => {
  const cache = new LruCache<number>(2, 1_000, () => 0);
  cache.set('a', 1);
  cache.set('b', 2);
  cache.get('a');
  cache.set('c', 3);
  expect([cache.get('a'), cache.get('b'), cache.get('c')]).toEqual([1, undefined, 3]);
});

test('it forgets what is too old, and counts from the last set', () => {
  let nowMs = 0;
  const cache = new LruCache<number>(2, 1_000, () => nowMs);
  cache.set('a', 1);
  nowMs = 999;
  expect(cache.get('a')).toBe(1);
  nowMs = 1_000;
  expect(cache.get('a')).toBeUndefined();
  expect(cache.size).toBe(0);
});

test('it never holds more than it may, and zero switches it off', () => {
  fc.assert(
    fc.property(fc.nat(5), fc.array(fc.nat(20)), (entriesMax, keys) => {
      const cache = new LruCache<number>(entriesMax, 1_000, () => 0);
      for (const key of keys) cache.set(String(key), key);
      expect(cache.size).toBe(Math.min(entriesMax, new Set(keys).size));
    }),
  );
});
