import { clampToWorld } from './geometry.ts';
import { biomeNumbersAlong, type World } from './world.ts';
import { biomes } from './worlds.ts';

/** A tile of the map is this many blocks wide; it shows the biome of its first block. */
const tileShift = 4;

/** A map as seen from a whole tile: everybody who stands on it shares the map. */
export type MapArea = { readonly column: number; readonly row: number; readonly size: number };

export function mapAreaAround(x: number, z: number, size: number): MapArea {
  return { column: x >> tileShift, row: z >> tileShift, size };
}

/** The numbers of the biomes around a tile, row by row, size x size; beyond the world's edge the edge goes on. */
export function mapBiomes(world: World, area: MapArea, checkpoint: () => void): Uint8Array {
  const numbers = new Uint8Array(area.size * area.size);
  const half = area.size >> 1;
  const xs = Int32Array.from({ length: area.size }, (_, column) => clampToWorld((area.column - half + column) * 2 ** tileShift));
  for (let row = 0; row < area.size; row += 1) {
    checkpoint();
    const z = clampToWorld((area.row - half + row) * 2 ** tileShift);
    numbers.set(biomeNumbersAlong(world, xs, z), row * area.size);
  }
  return numbers;
}

export function tileNames(numbers: Uint8Array): string[] {
  return Array.from(numbers, (number) => biomes[number]?.name ?? 'unknown');
}
