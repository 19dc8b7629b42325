/**
 * Integer hashing: the whole world is a function of (seed, place), so that nothing of it has to be kept in memory.
 * Everything is 32-bit and unsigned; any language can repeat it bit by bit.
 */

/** Scatters the bits of a 32-bit integer (the finaliser of MurmurHash3). */
export function mix(value: number): number {
  let h = value;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}

/** A 32-bit hash of a place under a seed. */
export function hashPlace(seed: number, x: number, z: number): number {
  return mix(mix(seed ^ Math.imul(x, 0x9e3779b1)) ^ Math.imul(z, 0x7feb352d));
}

/** The n-th independent draw from one hash. */
export function draw(hash: number, n: number): number {
  return mix(hash + Math.imul(n + 1, 0x9e3779b1));
}

/** Folds a seed of up to 53 bits into 32, so that seeds that differ only in their high bits differ too. */
export function foldSeed(seed: number): number {
  return mix((seed >>> 0) ^ mix(Math.floor(seed / 0x1_0000_0000)));
}
