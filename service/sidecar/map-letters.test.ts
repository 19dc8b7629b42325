import fc from 'fast-check';
import { expect, test } from 'vitest';
import { mapCodec } from '../cache/codecs.ts';
import { tileNames } from '../world/biome-map.ts';
import { biomes } from '../world/worlds.ts';
import { isMap, lettersOf, mapAnswer } from './map-letters.ts';
import { inRuns } from './map-runs.ts';
import { painted } from './painting.ts';

const before = '{"world":"verdania","x":-8,"z":0,"size":8,"tiles":[';
const numbers = fc
  .array(fc.record({ number: fc.nat(biomes.length - 1), times: fc.integer({ min: 1, max: 200 }) }), { minLength: 1, maxLength: 40 })
  .map((runs) => Uint8Array.from(runs.flatMap(({ number, times }) => Array(times).fill(number) as number[])));

test('an answer of letters is the answer that the main process writes, byte for byte, and gives the same letters back', () => {
  fc.assert(
    fc.property(numbers, (map) => {
      const letters = mapCodec(map.length).encode(map);
      const written = JSON.stringify({ world: 'verdania', x: -8, z: 0, size: 8, tiles: tileNames(map) });
      expect(painted(mapAnswer(before, inRuns(letters), map.length)).toString()).toBe(written);
      expect(lettersOf(written, map.length)).toBe(letters);
      expect(isMap(letters, map.length)).toBe(true);
    }),
  );
});

const good = JSON.stringify({ tiles: ['forest', 'forest', 'desert'].map((_, number) => biomes[number % 2]?.name) });

test.each([
  ['too few tiles', good, 4],
  ['too many tiles', good, 2],
  ['cut off', good.slice(0, -3), 3],
  ['something behind it', `${good} `, 3],
  ['a biome that there is not', good.replace(biomes[1]?.name ?? '', 'moon'), 3],
  ['no names', '{"tiles":[1,2,3]}', 3],
  ['no tiles', '{"tiles":[]}', 0],
  ['no map', 'Bad Gateway', 3],
])('%s is no map', (_, body, tiles) => {
  expect(lettersOf(good, 3)).not.toBeNull();
  expect(lettersOf(body, tiles)).toBeNull();
});

test('letters of the shared cache are looked at before anybody sees them', () => {
  expect(isMap('AAB', 3)).toBe(true);
  expect(isMap('AAB', 4)).toBe(false);
  expect(isMap('AA?', 3)).toBe(false);
  expect(isMap(`AA${String.fromCharCode(65 + biomes.length)}`, 3)).toBe(false);
});
