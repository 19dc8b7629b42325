import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { entryBytes } from './byte-cache.ts';
import { LruBytes } from './fixtures/lru-bytes.ts';
import { hitRate, type Trace } from './fixtures/zipf-trace.ts';
import { S3Fifo } from './s3-fifo.ts';

describe.each([
  ['S3-FIFO', S3Fifo<string>],
  ['LRU', LruBytes<string>],
])('%s', (_name, Cache) => {
  test('holds what was put last under a key or nothing, and never more bytes than it may', () => {
    const anyPut = fc.record({ key: fc.nat(30), bytes: fc.nat(400), get: fc.boolean() });
    fc.assert(
      fc.property(fc.nat(3_000), fc.array(anyPut, { maxLength: 200 }), (bytesMax, puts) => {
        const cache = new Cache(bytesMax);
        const last = new Map<string, string>();
        for (const [n, { key, bytes, get }] of puts.entries()) {
          const name = `k-${key}`;
          if (get) expect([last.get(name), undefined]).toContain(cache.get(name));
          else {
            cache.set(name, `v-${n}`, bytes);
            last.set(name, `v-${n}`);
          }
          expect(cache.bytes).toBeLessThanOrEqual(bytesMax);
        }
        if (cache.size === 0) expect(cache.bytes).toBe(0);
      }),
      { numRuns: 500 },
    );
  });

  test('keeps what fits, and nothing that alone is too large', () => {
    const cache = new Cache(1_000);
    cache.set('a', 'small', 500);
    cache.set('b', 'large', 1_001 - 1 - entryBytes);
    expect([cache.get('a'), cache.get('b'), cache.bytes]).toEqual(['small', undefined, 500 + 1 + entryBytes]);
  });
});

test('a scan of keys that nobody asks for again does not flush S3-FIFO, but LRU', () => {
  const hot = (cache: S3Fifo<string> | LruBytes<string>): number => {
    const keys = Array.from({ length: 20 }, (_, n) => `hot-${n}`);
    for (let round = 0; round < 4; round += 1) for (const key of keys) if (cache.get(key) === undefined) cache.set(key, 'v', 100);
    for (let n = 0; n < 500; n += 1) cache.set(`scan-${n}`, 'v', 100);
    return keys.filter((key) => cache.get(key) !== undefined).length;
  };
  expect([hot(new S3Fifo(12_000)), hot(new LruBytes(12_000))]).toEqual([20, 0]);
});

// The figures of docs/decisions/0008 come from here, with more keys.
test.each([0.5, 0.7, 0.9, 1.1])('on Zipf traces of exponent %d it hits at least as often as LRU', (s) => {
  const trace: Trace = { keys: 20_000, s, requests: 100_000, seed: 11 };
  for (const bytesMax of [1_000_000, 4_000_000]) {
    expect(hitRate(new S3Fifo(bytesMax), trace)).toBeGreaterThanOrEqual(hitRate(new LruBytes(bytesMax), trace));
  }
});
