/**
 * Seeded randomness in 32-bit integers only, so that every JavaScript engine draws the same numbers.
 * Generator: sfc32 (Chris Doty-Humphrey, PractRand), 128 bits of state, passes PractRand to 16 TiB.
 * Streams: a seed and a path of integers are mixed with the finaliser of MurmurHash3 (Austin Appleby, public domain),
 * so that (seed, journey, purpose) are independent without coordination.
 */
export type Random = { a: number; b: number; c: number; counter: number };

/** A stream of its own for every path: `random(seed, journey, purpose)`. Integers only; larger ones are folded to 32 bits each half. */
export function random(...path: readonly number[]): Random {
  let hash = 0x9e3779b9;
  for (let at = 0; at < path.length; at++) {
    const step = path[at] as number;
    const low = step | 0;
    // Nearly all are small, and a division costs more than everything else here.
    const high = low === step && low >= 0 ? 0 : Math.floor(step / 4294967296) | 0;
    hash = mix(mix(hash ^ low) ^ high ^ 0x5bd1e995);
  }
  return warmedUp(mix(hash ^ 0x243f6a88), mix(hash ^ 0x85a308d3), mix(hash ^ 0x13198a2e));
}

/** Twelve draws that nobody sees, as its author wants it: `draw` with the state in registers, for every journey makes several streams. */
function warmedUp(one: number, two: number, three: number): Random {
  let a = one;
  let b = two;
  let c = three;
  for (let counter = 1; counter <= warmUpDraws; counter++) {
    const sum = (((a + b) | 0) + counter) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + sum) | 0;
  }
  return { a, b, c, counter: warmUpDraws + 1 };
}

const warmUpDraws = 12;

/** The next 32 bits, as an integer in [0, 2^32). */
export function draw(stream: Random): number {
  const sum = (((stream.a + stream.b) | 0) + stream.counter) | 0;
  stream.counter = (stream.counter + 1) | 0;
  stream.a = stream.b ^ (stream.b >>> 9);
  stream.b = (stream.c + (stream.c << 3)) | 0;
  stream.c = (((stream.c << 21) | (stream.c >>> 11)) + sum) | 0;
  return sum >>> 0;
}

/** An integer in [0, bound), without modulo bias worth measuring (bias < bound / 2^32); `bound` in 1..2^31. */
export function below(stream: Random, bound: number): number {
  // 53-bit safe product of a 32-bit draw and the bound's two halves, so that no engine rounds differently.
  const value = draw(stream);
  const high = Math.floor(value / 65536);
  const low = value % 65536;
  return Math.floor((high * bound + Math.floor((low * bound) / 65536)) / 65536);
}

/** An integer in [from, to], both included. */
export function between(stream: Random, from: number, to: number): number {
  return from + below(stream, to - from + 1);
}

/** True in `share` of `of` draws: `chance(stream, 1, 4)` is one in four. */
export function chance(stream: Random, share: number, of: number): boolean {
  return below(stream, of) < share;
}

/** One element, each equally likely. The list must not be empty. */
export function pick<T>(stream: Random, list: readonly T[]): T {
  return list[below(stream, list.length)] as T;
}

/** An index, each as likely as its integer weight; the weights must sum to something above zero. */
export function pickWeighted(stream: Random, weights: readonly number[]): number {
  let total = 0;
  for (const weight of weights) total += weight;
  let rest = below(stream, total);
  for (let index = 0; index < weights.length; index++) {
    rest -= weights[index] as number;
    if (rest < 0) return index;
  }
  return weights.length - 1;
}

function mix(value: number): number {
  let hash = value | 0;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return hash ^ (hash >>> 16);
}
