import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { mapAreaAround, mapBiomes, tileNames } from './biome-map.ts';
import { findCandidates, type SearchArea } from './candidates.ts';
import { blocksMax, blocksMin, cellBlocks, cellOf, cellsPerEdge, depthMin, distanceSquared, heightMax } from './geometry.ts';
import { nearestOf } from './nearest.ts';
import { noiseAlong, noiseAt } from './noise.ts';
import { spawnsNear } from './spawns.ts';
import {
  describeTreasure,
  findSite,
  parseTreasureId,
  rarities,
  rarityRankOf,
  siteOf,
  type Treasure,
  treasureCount,
  treasureId,
} from './treasures.ts';
import { biomeAt, createWorld, type World } from './world.ts';
import { biomes, worldNames } from './worlds.ts';

const anyBlock = fc.oneof(fc.integer({ min: blocksMin, max: blocksMax }), fc.constantFrom(blocksMin, blocksMax, 0, -1, 63, 64));
const anyWorld = fc.tuple(fc.nat(), fc.constantFrom(...worldNames)).map(([seed, name]) => createWorld(seed, name));
const noCheck = (): void => {};

function areaAround(x: number, z: number, radius: number, filters: Partial<SearchArea> = {}): SearchArea {
  const reachBlocks = Math.ceil(radius / cellBlocks) * cellBlocks;
  return { cx: cellOf(x), cz: cellOf(z), reachBlocks, rarityRankMin: 0, biomes: null, limit: 8, ...filters };
}

/** Looks at every treasure of every cell that the radius touches: slow, and obviously right. */
function bruteForce(world: World, x: number, z: number, radius: number, area: SearchArea): Treasure[] {
  const found: Treasure[] = [];
  for (let cx = Math.max(0, cellOf(x - radius)); cx <= Math.min(cellsPerEdge - 1, cellOf(x + radius)); cx += 1) {
    for (let cz = Math.max(0, cellOf(z - radius)); cz <= Math.min(cellsPerEdge - 1, cellOf(z + radius)); cz += 1) {
      for (let n = 0; n < treasureCount(world, cx, cz); n += 1) found.push(describeTreasure(world, siteOf(world, cx, cz, n)));
    }
  }
  const squared = (treasure: Treasure): number => distanceSquared(treasure.x, treasure.z, x, z);
  return found
    .filter((treasure) => squared(treasure) <= radius * radius)
    .filter((treasure) => rarities.indexOf(treasure.rarity) >= area.rarityRankMin)
    .filter((treasure) => area.biomes === null || area.biomes.includes(biomeAt(world, treasure.x, treasure.z).name))
    .sort((a, b) => squared(a) - squared(b))
    .slice(0, area.limit);
}

describe('search', () => {
  const anySearch = fc.record({
    world: anyWorld,
    x: anyBlock,
    z: anyBlock,
    radius: fc.integer({ min: 1, max: 512 }),
    rarityRankMin: fc.integer({ min: 0, max: 4 }),
    biomes: fc.option(
      fc.subarray(
        biomes.map((biome) => biome.name),
        { minLength: 1, maxLength: 4 },
      ),
    ),
    limit: fc.integer({ min: 1, max: 20 }),
  });

  test('what it calls nearest is what looking at every treasure calls nearest', () => {
    fc.assert(
      fc.property(anySearch, ({ world, x, z, radius, ...filters }) => {
        const area = areaAround(x, z, radius, filters);
        const found = nearestOf(findCandidates(world, area, noCheck), { x, z }, radius, area.limit);
        expect(found.map(({ treasure }) => treasure)).toEqual(bruteForce(world, x, z, radius, area));
      }),
      { numRuns: 150 },
    );
  });

  test('it finds something within 128 blocks everywhere, something rare too', () => {
    fc.assert(
      fc.property(anyWorld, anyBlock, anyBlock, (world, x, z) => {
        for (const rarityRankMin of [0, rarities.indexOf('rare')]) {
          const candidates = findCandidates(world, areaAround(x, z, 128, { rarityRankMin }), noCheck);
          expect(nearestOf(candidates, { x, z }, 128, 8).length).toBeGreaterThan(0);
        }
      }),
      { numRuns: 1_000 },
    );
  });

  test('distances are whole blocks, nearest first, never beyond the radius', () => {
    fc.assert(
      fc.property(anyWorld, anyBlock, anyBlock, fc.integer({ min: 1, max: 512 }), (world, x, z, radius) => {
        const distances = nearestOf(findCandidates(world, areaAround(x, z, radius), noCheck), { x, z }, radius, 8).map(
          (found) => found.distance,
        );
        expect(distances).toEqual([...distances].sort((a, b) => a - b));
        for (const distance of distances) expect(Number.isInteger(distance) && distance <= radius).toBe(true);
      }),
    );
  });

  test('it gives up when told to', () => {
    const giveUp = (): void => {
      throw new Error('enough');
    };
    expect(() => findCandidates(createWorld(1, 'nimbus'), areaAround(0, 0, 64), giveUp)).toThrow('enough');
  });
});

describe('treasures', () => {
  const anyCell = fc.integer({ min: 0, max: cellsPerEdge - 1 });

  test('every cell holds at least one, so a world has a million addresses', () => {
    fc.assert(fc.property(anyWorld, anyCell, anyCell, (world, cx, cz) => treasureCount(world, cx, cz) >= 1));
    expect(cellsPerEdge * cellsPerEdge).toBe(1_000_000);
  });

  test('an id leads back to its treasure', () => {
    fc.assert(
      fc.property(anyWorld, anyCell, anyCell, (world, cx, cz) => {
        for (let n = 0; n < treasureCount(world, cx, cz); n += 1) {
          const site = siteOf(world, cx, cz, n);
          const address = parseTreasureId(treasureId(world, site));
          expect(address).toEqual({ worldIndex: world.index, cx, cz, n });
          expect(address && findSite(world, address)).toEqual(site);
        }
        expect(findSite(world, { worldIndex: world.index, cx, cz, n: treasureCount(world, cx, cz) })).toBeNull();
      }),
    );
  });

  test.each(['', 't-0-1-1', 't-0-01-1-0', 't-3-1-1-0', 't-0-1000-1-0', 't-0-1-1-0 ', 'T-0-1-1-0', 't-0--1-1-0'])('%j is no id', (id) => {
    expect(parseTreasureId(id)).toBeNull();
  });

  test('they lie in their cell and in the world, and their chests are never empty', () => {
    fc.assert(
      fc.property(anyWorld, anyCell, anyCell, (world, cx, cz) => {
        const treasure = describeTreasure(world, siteOf(world, cx, cz, 0));
        expect([cellOf(treasure.x), cellOf(treasure.z)]).toEqual([cx, cz]);
        expect(treasure.y).toBeGreaterThanOrEqual(depthMin);
        expect(treasure.y).toBeLessThanOrEqual(heightMax);
        expect(treasure.loot.length).toBeGreaterThan(0);
        for (const thing of treasure.loot) expect(thing).toMatch(/^\S+ .+ .+$/);
      }),
    );
  });

  test('the rarer, the fewer', () => {
    const world = createWorld(5, 'verdania');
    const byRank = [0, 0, 0, 0, 0];
    for (let cell = 0; cell < 4_000; cell += 1) {
      const site = siteOf(world, (cell * 37) % cellsPerEdge, (cell * 90) % cellsPerEdge, 0);
      if ((site.cx + site.cz) % 2 === 0) continue;
      const rank = rarityRankOf(world, site);
      byRank[rank] = (byRank[rank] ?? 0) + 1;
    }
    expect(byRank).toEqual([...byRank].sort((a, b) => b - a));
    expect(byRank[4]).toBeGreaterThan(0);
  });
});

describe('worlds', () => {
  test('the same seed makes the same world, golden', () => {
    const treasure = describeTreasure(createWorld(7, 'emberfall'), siteOf(createWorld(7, 'emberfall'), 500, 500, 0));
    expect(treasure).toMatchInlineSnapshot(`
      {
        "id": "t-1-500-500-0",
        "loot": [
          "runed obsidian dagger",
          "runed obsidian bow",
          "masterwork obsidian mask",
          "runed obsidian scroll case",
        ],
        "rarity": "rare",
        "x": 36,
        "y": 52,
        "z": 12,
      }
    `);
  });

  test('seeds that differ only above 32 bits make different worlds', () => {
    expect(createWorld(1, 'nimbus')).not.toEqual(createWorld(1 + 2 ** 32, 'nimbus'));
  });

  test.each(worldNames)('%s has nine biomes, none rare and none everywhere', (name) => {
    const counts = new Map<string, number>();
    for (let x = blocksMin; x < blocksMax; x += 640) {
      for (let z = blocksMin; z < blocksMax; z += 640) {
        const biome = biomeAt(createWorld(3, name), x, z).name;
        counts.set(biome, (counts.get(biome) ?? 0) + 1);
      }
    }
    expect(counts.size).toBe(9);
    for (const count of counts.values()) {
      expect(count).toBeGreaterThan(400);
      expect(count).toBeLessThan(2_500);
    }
  });
});

describe('spawns', () => {
  test('there is one near every treasure, even within one block, and all within the radius and the world', () => {
    fc.assert(
      fc.property(anyWorld, fc.nat(999), fc.nat(999), fc.integer({ min: 1, max: 256 }), (world, cx, cz, radius) => {
        const site = siteOf(world, cx, cz, treasureCount(world, cx, cz) - 1);
        const spawns = spawnsNear(world, site, radius);
        expect(spawns.length).toBeGreaterThan(0);
        expect(spawns.length).toBeLessThanOrEqual(32);
        expect(new Set(spawns.map((spawn) => spawn.id)).size).toBe(spawns.length);
        for (const { position } of spawns) {
          expect(distanceSquared(position.x, position.z, site.x, site.z)).toBeLessThanOrEqual(radius * radius);
          for (const block of [position.x, position.z]) expect(block >= blocksMin && block <= blocksMax).toBe(true);
        }
      }),
    );
  });

  test('kinds belong to the biome they stand in', () => {
    const world = createWorld(2, 'verdania');
    const spawns = spawnsNear(world, siteOf(world, 400, 400, 0), 256);
    for (const { kind, position } of spawns) expect(biomeAt(world, position.x, position.z).kinds).toContain(kind);
  });
});

describe('biome map', () => {
  test('along a row the noise is what it is at each block', () => {
    fc.assert(
      fc.property(fc.integer(), anyBlock, fc.array(anyBlock, { minLength: 1, maxLength: 64 }), (seed, z, blocks) => {
        const along = noiseAlong(seed >>> 0, Int32Array.from(blocks), z);
        expect([...along]).toEqual(blocks.map((x) => noiseAt(seed >>> 0, x, z)));
      }),
    );
  });

  test('each tile shows the biome of its first block, the middle one that of the block asked for', () => {
    fc.assert(
      fc.property(anyWorld, anyBlock, anyBlock, fc.integer({ min: 8, max: 64 }), (world, x, z, size) => {
        const tiles = tileNames(mapBiomes(world, mapAreaAround(x, z, size), noCheck));
        expect(tiles).toHaveLength(size * size);
        const middle = (size >> 1) * size + (size >> 1);
        expect(tiles[middle]).toBe(biomeAt(world, x - (((x % 16) + 16) % 16), z - (((z % 16) + 16) % 16)).name);
      }),
      { numRuns: 30 },
    );
  });
});
