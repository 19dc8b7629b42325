import { expect, test } from 'vitest';
import { mapCodec, spawnsCodec, treasuresCodec } from './codecs.ts';
import { noSharedCache, type SharedCache, type SharedRead } from './shared-cache.ts';
import { type Codec, createTwoLevels } from './two-levels.ts';

const numbers: Codec<number> = { encode: String, decode: (text) => (/^\d+$/.test(text) ? Number(text) : null) };

function sharedOf(stored: Map<string, string>, read?: () => SharedRead): SharedCache {
  return {
    state: () => 'up',
    read: async (key) => {
      const text = stored.get(key);
      return read?.() ?? (text === undefined ? { kind: 'miss' } : { kind: 'hit', text });
    },
    write: (key, text) => void stored.set(key, text),
    close: () => {},
  };
}

function cacheOn(shared: SharedCache, entriesMax = 10) {
  const lookups: string[] = [];
  let computed = 0;
  const remember = createTwoLevels({ entriesMax, ttlSeconds: 60, nowMs: () => 0 }, shared, (level, result) =>
    lookups.push(`${level} ${result}`),
  );
  const compute = (): number => {
    computed += 1;
    return 42;
  };
  return { lookups, computed: () => computed, get: (key: string) => remember(key, numbers, { compute, waitedMs: () => {} }) };
}

test('a value is computed once, then known in the process', async () => {
  const cache = cacheOn(noSharedCache);
  expect([await cache.get('k'), await cache.get('k')]).toEqual([42, 42]);
  expect(cache.computed()).toBe(1);
  expect(cache.lookups).toEqual(['process miss', 'process hit']);
});

test('what one pod computed another finds on the second level', async () => {
  const stored = new Map<string, string>();
  await cacheOn(sharedOf(stored)).get('k');
  const other = cacheOn(sharedOf(stored));
  expect(await other.get('k')).toBe(42);
  expect(other.computed()).toBe(0);
  expect(other.lookups).toEqual(['process miss', 'redis hit']);
});

test.each(['bypass', 'lost', 'miss'] as const)('when the second level answers %s the value is computed', async (kind) => {
  const cache = cacheOn(sharedOf(new Map(), () => ({ kind })));
  expect(await cache.get('k')).toBe(42);
  expect(cache.lookups).toEqual(['process miss', `redis ${kind}`]);
});

test('what cannot be read is computed afresh and replaced', async () => {
  const stored = new Map([['k', 'rubbish']]);
  const cache = cacheOn(sharedOf(stored));
  expect(await cache.get('k')).toBe(42);
  expect(stored.get('k')).toBe('42');
  expect(cache.lookups).toContain('redis corrupt');
});

test('codecs give back what they were given', () => {
  const treasures = [{ id: 't-0-1-1-0', x: 1, y: 2, z: 3, rarity: 'rare' as const, loot: ['gleaming oak ring'] }];
  expect(treasuresCodec.decode(treasuresCodec.encode(treasures))).toEqual(treasures);
  const spawns = [{ id: 's-0-1-1', kind: 'wolf', position: { x: 1, y: 2, z: 3 } }];
  expect(spawnsCodec.decode(spawnsCodec.encode(spawns))).toEqual(spawns);
  const tiles = Uint8Array.from([0, 26, 3, 5]);
  expect(mapCodec(4).decode(mapCodec(4).encode(tiles))).toEqual(tiles);
});

test.each(['', '{', 'null', '[1]', '[{"id":"t","x":1,"y":1,"z":1,"rarity":"rare","loot":[]}]'])('%j is no list of treasures', (text) => {
  expect(treasuresCodec.decode(text)).toBeNull();
});

test.each(['[]', '[{"id":"s","kind":"wolf"}]'])('%j is no list of spawns', (text) => {
  expect(spawnsCodec.decode(text)).toBeNull();
});

test.each(['AAA', 'AAA~', 'AAA!'])('%j is no map of four tiles', (text) => {
  expect(mapCodec(4).decode(text)).toBeNull();
});
