import { foldSeed, mix } from './hash.ts';
import { noiseAlong, noiseAt } from './noise.ts';
import { type Biome, biomeNumber, biomes, type WorldName, worldIndexOf } from './worlds.ts';

/** One of the three worlds under a seed: a few integers, from which every treasure, spawn and biome is computed. */
export type World = {
  readonly name: WorldName;
  readonly index: number;
  readonly treasureSeed: number;
  readonly spawnSeed: number;
  readonly warmthSeed: number;
  readonly moistureSeed: number;
};

export function createWorld(worldSeed: number, name: WorldName): World {
  const index = worldIndexOf(name);
  const root = mix(foldSeed(worldSeed) + index);
  return {
    name,
    index,
    treasureSeed: mix(root ^ 0x7472),
    spawnSeed: mix(root ^ 0x7370),
    warmthSeed: mix(root ^ 0x7761),
    moistureSeed: mix(root ^ 0x6d6f),
  };
}

/** The number of the biome at a block (index into `biomes`). */
export function biomeNumberAt(world: World, x: number, z: number): number {
  return biomeNumber(world.index, bandOf(noiseAt(world.warmthSeed, x, z)), bandOf(noiseAt(world.moistureSeed, x, z)));
}

/** The same along a row of blocks. */
export function biomeNumbersAlong(world: World, xs: Int32Array, z: number): Uint8Array {
  const warmth = noiseAlong(world.warmthSeed, xs, z);
  const moisture = noiseAlong(world.moistureSeed, xs, z);
  const numbers = new Uint8Array(xs.length);
  for (let n = 0; n < xs.length; n += 1) {
    numbers[n] = biomeNumber(world.index, bandOf(warmth[n] as number), bandOf(moisture[n] as number));
  }
  return numbers;
}

export function biomeAt(world: World, x: number, z: number): Biome {
  return biomes[biomeNumberAt(world, x, z)] as Biome;
}

/** Bands hold about a third each: summed octaves crowd around the middle, so the thresholds do too. */
function bandOf(noise: number): 0 | 1 | 2 {
  if (noise < lowerThird) return 0;
  return noise < upperThird ? 1 : 2;
}

const lowerThird = 28_800;
const upperThird = 36_700;
