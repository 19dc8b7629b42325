import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createWorlds } from '../api/worlds.ts';
import { spawnsNear } from '../world/spawns.ts';
import { siteOf, treasureCount } from '../world/treasures.ts';
import { charactersOf, inLetters, inRuns, runLength, runMax } from './map-runs.ts';
import { inFields, inJson } from './spawn-list.ts';

describe('a map in runs', () => {
  const letters = fc
    .array(fc.tuple(fc.constantFrom('A', 'B', 'H'), fc.integer({ min: 1, max: 3 * runMax })), { minLength: 1, maxLength: 20 })
    .map((runs) => runs.map(([letter, times]) => letter.repeat(times)).join(''));

  test('gives its letters back, is never longer than they are, and says how long each run is', () => {
    fc.assert(
      fc.property(letters, (map) => {
        const runs = inRuns(map);
        expect(inLetters(runs)).toBe(map);
        expect(runs.length).toBeLessThanOrEqual(map.length);
        let tiles = 0;
        for (let at = 0; at < runs.length; at += charactersOf(runLength(runs, at))) tiles += runLength(runs, at);
        expect(tiles).toBe(map.length);
      }),
    );
  });

  test('of land as it is takes a fraction', () => {
    expect(inRuns('A'.repeat(1_024)).length).toBe(2 * Math.ceil(1_024 / runMax));
  });
});

describe('a list of spawns in fields', () => {
  const worlds = createWorlds(1);

  test('of the world as it is gives the same bytes back and is half as long', () => {
    let [long, short] = [0, 0];
    for (let cell = 0; cell < 400; cell += 1) {
      for (const world of [0, 1, 2].map(worlds.byIndex)) {
        if (treasureCount(world, cell, cell) === 0) continue;
        const list = JSON.stringify(spawnsNear(world, siteOf(world, cell, cell, 0), 96));
        const fields = inFields(list);
        expect(inJson(fields)).toBe(list);
        long += list.length;
        short += fields.length;
      }
    }
    expect(long).toBeGreaterThan(100_000);
    expect(short / long).toBeLessThan(0.55);
  });

  const spawn = fc.record({
    id: fc.string(),
    kind: fc.oneof(fc.string(), fc.constantFrom('","kind":"', '}},{"id":"', '\n', '[')),
    position: fc.record({ x: fc.integer(), y: fc.double(), z: fc.integer() }),
  });
  const list = fc.oneof(
    fc.array(spawn).map((spawns) => JSON.stringify(spawns)),
    fc.array(fc.object()).map((things) => JSON.stringify(things)),
    fc.string().map((text) => `[${text}`),
  );

  test('whatever is in it, the same bytes come back', () => {
    fc.assert(
      fc.property(list, (text) => {
        expect(inJson(inFields(text))).toBe(text);
      }),
    );
  });
});
