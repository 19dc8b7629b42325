import { expect, test } from 'vitest';
import { mapCodec, spawnsCodec, treasuresCodec } from './codecs.ts';
import { type Codec, createLevels } from './levels.ts';
import { noSharedCache, type SharedCache, type SharedRead } from './shared-cache.ts';

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
  const remember = createLevels({ entriesMax, ttlSeconds: 60, nowMs: () => 0 }, [{ name: 'redis', cache: shared }], (level, result) =>
    lookups.push(`${level} ${result}`),
  );
  const compute = (): number => {
    computed += 1;
    return 42;
  };
  return {
    lookups,
    computed: () => computed,
    get: (key: string) => remember(key, numbers, { compute, waitedMs: () => {}, restMs: () => null }),
  };
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

test('a nearer level is asked first, and learns what a farther one knew', async () => {
  const [near, far] = [new Map<string, string>(), new Map([['k', '7']])];
  const lookups: string[] = [];
  const levels = [
    { name: 'disk', cache: sharedOf(near) },
    { name: 'redis', cache: sharedOf(far) },
  ] as const;
  const remember = createLevels({ entriesMax: 0, ttlSeconds: 60, nowMs: () => 0 }, levels, (level, result) =>
    lookups.push(`${level} ${result}`),
  );
  const source = { compute: () => 42, waitedMs: () => {}, restMs: () => null };
  expect([await remember('k', numbers, source), await remember('k', numbers, source), await remember('l', numbers, source)]).toEqual([
    7, 7, 42,
  ]);
  expect(lookups.filter((line) => !line.startsWith('process'))).toEqual(['disk miss', 'redis hit', 'disk hit', 'disk miss', 'redis miss']);
  expect([near.get('l'), far.get('l')]).toEqual(['42', '42']);
});
