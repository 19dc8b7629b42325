import { biomes } from '../world/worlds.ts';
import { charactersOf, runLength, runMax } from './map-runs.ts';
import type { Painting } from './painting.ts';

/**
 * A biome map as it travels: one letter a tile, `A` for the first biome, as the shared cache has it. It is kept in runs of these, and names
 * are put in when somebody asks: 40 KB an answer, and there are many.
 */
const firstLetter = 'A'.charCodeAt(0);
const onlyLetters = new RegExp(`^[A-${String.fromCharCode(firstLetter + biomes.length - 1)}]+$`);

export function isMap(text: string, tiles: number): boolean {
  return text.length === tiles && onlyLetters.test(text);
}

const letterOfName = new Map(biomes.map(({ name }, number) => [name, firstLetter + number]));
const tilesBegin = '"tiles":["';
const [comma, quote] = [','.charCodeAt(0), '"'.charCodeAt(0)];

/**
 * Reads the tiles where they stand: a parser would make an array of thousands of strings of them. Null for anything but an answer as the
 * main process writes it, with so many tiles.
 */
export function lettersOf(body: string, tiles: number): string | null {
  const letters = Buffer.allocUnsafe(tiles);
  const begin = body.indexOf(tilesBegin);
  let at = begin + tilesBegin.length;
  let name = '"';
  let letter = 0;
  for (let tile = 0; begin >= 0 && tile < tiles; tile += 1) {
    // Neighbours are mostly alike.
    if (!body.startsWith(name, at)) {
      name = body.slice(at, body.indexOf('"', at) + 1);
      letter = letterOfName.get(name.slice(0, -1)) ?? 0;
      if (letter === 0) return null;
    }
    letters[tile] = letter;
    at += name.length;
    const isLast = tile === tiles - 1;
    if (isLast) return body.slice(at) === ']}' ? letters.toString('latin1') : null;
    if (body.charCodeAt(at) !== comma || body.charCodeAt(at + 1) !== quote) return null;
    at += 2;
  }
  return null;
}

const copies = biomes.map(({ name }) => Buffer.from(`"${name}",`.repeat(runMax), 'latin1'));
const nameBytesMax = Math.max(...copies.map((copy) => copy.length)) / runMax;
const end = ']}';

/**
 * The body of an answer: `before`, the names of all tiles, and the end. A run is one copy. It is painted where it is sent from: a buffer
 * of 40 KB for each answer would keep the collector busy.
 */
export function mapAnswer(before: string, runs: string, tiles: number): Painting {
  return {
    bytesMax: before.length + tiles * nameBytesMax + end.length,
    paint: (into, from) => {
      let at = from + into.write(before, from, 'latin1');
      for (let place = 0; place < runs.length; ) {
        const copy = copies[runs.charCodeAt(place) - firstLetter] as Buffer;
        const count = runLength(runs, place);
        at += copy.copy(into, at, 0, (copy.length / runMax) * count);
        place += charactersOf(count);
      }
      // The last comma makes place for the end.
      return at - 1 + into.write(end, at - 1, 'latin1');
    },
  };
}
