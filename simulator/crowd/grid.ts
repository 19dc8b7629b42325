import { between, type Random, random } from '../../core/random.ts';
import { edge, inside, worlds } from '../players/place.ts';

/** Every world is 32 x 32 cells, 2,000 blocks a side. */
const cellsPerEdge = 32;
export const cellsPerWorld = cellsPerEdge * cellsPerEdge;
const cellBlocks = 2000;

/** The heart of a cell keeps away from its rim, so that a search around it looks at land on every side, and roaming stays inside. */
const margin = 600;

/** Half the width of what is busy around a heart, blocks on each axis. Assumed. */
export const heartReach = 96;

const heartStream = 0x4057;

/** Where the cell's heart is: the same for all who play the seed. */
export function heartOf(seed: number, worldIndex: number, cell: number): { x: number; z: number } {
  const stream = random(seed, heartStream, worldIndex, cell);
  return {
    x: westOf(cell) + between(stream, margin, cellBlocks - 1 - margin),
    z: northOf(cell) + between(stream, margin, cellBlocks - 1 - margin),
  };
}

/** Around the heart, denser towards the middle: the sum of two even draws. */
export function nearHeart(stream: Random, heart: { x: number; z: number }, reach: number): { x: number; z: number } {
  return { x: inside(heart.x + spread(stream, reach)), z: inside(heart.z + spread(stream, reach)) };
}

/** Anywhere in the cell, but not at the very edge of the world. */
export function anywhereIn(stream: Random, cell: number): { x: number; z: number } {
  const rim = 400;
  return { x: westOf(cell) + between(stream, rim, cellBlocks - 1 - rim), z: northOf(cell) + between(stream, rim, cellBlocks - 1 - rim) };
}

export function cellAt({ x, z }: { x: number; z: number }): number {
  return column(x) + cellsPerEdge * column(z);
}

export function worldIndexOf(world: string): number {
  return Math.max(0, worlds.indexOf(world));
}

function column(block: number): number {
  return Math.floor((inside(block) - edge.min) / cellBlocks);
}

function westOf(cell: number): number {
  return edge.min + (cell % cellsPerEdge) * cellBlocks;
}

function northOf(cell: number): number {
  return edge.min + Math.floor(cell / cellsPerEdge) * cellBlocks;
}

function spread(stream: Random, reach: number): number {
  const half = Math.floor(reach / 2);
  return between(stream, -half, half) + between(stream, -half, half);
}
