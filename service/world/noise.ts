import { hashPlace } from './hash.ts';

/** Edge of the lattice as a power of two (1024 down to 128 blocks), and how much the octave weighs. */
const octaves = [
  { shift: 10, weight: 8 },
  { shift: 9, weight: 4 },
  { shift: 8, weight: 2 },
  { shift: 7, weight: 1 },
] as const;
const weightSum = 15;

/**
 * Integer value noise (four octaves, smoothstep between lattice points), 0..65535.
 * Divisions round down; intermediate products stay below 2^53, so every engine computes the same integers.
 */
export function noiseAt(seed: number, x: number, z: number): number {
  let sum = 0;
  for (const octave of octaves) sum += octave.weight * octaveAt(seed + octave.shift, x, z, octave.shift);
  return Math.floor(sum / weightSum);
}

/**
 * The same noise along a row: `noiseAt(seed, xs[n], z)` for every n. A map is rows of neighbours, and neighbours stand between the same
 * points of the lattice: those are hashed once for all of them.
 */
export function noiseAlong(seed: number, xs: Int32Array, z: number): Float64Array {
  const sums = new Float64Array(xs.length);
  for (const { shift, weight } of octaves) addOctave(sums, { seed: seed + shift, shift, weight, xs, z });
  for (let n = 0; n < sums.length; n += 1) sums[n] = Math.floor((sums[n] as number) / weightSum);
  return sums;
}

/** Shares between two points of a lattice, by the block's place between them. */
const sharesOfShift = new Map<number, Uint32Array>(
  octaves.map(({ shift }) => [shift, Uint32Array.from({ length: 1 << shift }, (_, place) => smoothstep(place << (16 - shift)))]),
);

type OctaveRow = { seed: number; shift: number; weight: number; xs: Int32Array; z: number };

function addOctave(sums: Float64Array, { seed, shift, weight, xs, z }: OctaveRow): void {
  const row = z >> shift;
  const mask = (1 << shift) - 1;
  const shares = sharesOfShift.get(shift) as Uint32Array;
  const south = shares[z & mask] as number;
  let column = Number.NaN;
  let [northWest, northEast, southWest, southEast] = [0, 0, 0, 0];
  for (let n = 0; n < xs.length; n += 1) {
    const x = xs[n] as number;
    if (x >> shift !== column) {
      column = x >> shift;
      northWest = latticeValue(seed, column, row);
      northEast = latticeValue(seed, column + 1, row);
      southWest = latticeValue(seed, column, row + 1);
      southEast = latticeValue(seed, column + 1, row + 1);
    }
    const east = shares[x & mask] as number;
    const value = blend(blend(northWest, northEast, east), blend(southWest, southEast, east), south);
    sums[n] = (sums[n] as number) + weight * value;
  }
}

function octaveAt(seed: number, x: number, z: number, shift: number): number {
  const column = x >> shift;
  const row = z >> shift;
  const mask = (1 << shift) - 1;
  const east = smoothstep((x & mask) << (16 - shift));
  const south = smoothstep((z & mask) << (16 - shift));
  const north = blend(latticeValue(seed, column, row), latticeValue(seed, column + 1, row), east);
  const below = blend(latticeValue(seed, column, row + 1), latticeValue(seed, column + 1, row + 1), east);
  return blend(north, below, south);
}

function latticeValue(seed: number, column: number, row: number): number {
  return hashPlace(seed, column, row) >>> 16;
}

/** 3t^2 - 2t^3 in 16-bit fixed point. */
function smoothstep(t: number): number {
  return Math.floor((t * t * (196_608 - 2 * t)) / 0x1_0000_0000);
}

function blend(from: number, to: number, share: number): number {
  return from + Math.floor(((to - from) * share) / 65_536);
}
