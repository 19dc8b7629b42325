/** The world's measures in blocks: positions are whole blocks, the grid of cells is the spatial index. */
export const blocksMin = -32_000;
export const blocksMax = 31_999;
export const depthMin = -64;
export const heightMax = 319;
export const cellBlocks = 64;
/** Cells along one edge: 1,000 x 1,000 cells with at least one treasure each. */
export const cellsPerEdge = 1_000;

export type Position = { x: number; y: number; z: number };

export function cellOf(block: number): number {
  return Math.floor((block - blocksMin) / cellBlocks);
}

export function firstBlockOf(cell: number): number {
  return blocksMin + cell * cellBlocks;
}

export function isCell(cell: number): boolean {
  return cell >= 0 && cell < cellsPerEdge;
}

export function clampToWorld(block: number): number {
  return Math.min(blocksMax, Math.max(blocksMin, block));
}

/** Squared distance on the map. Depth does not count: a treasure far below is as near as one on the surface. */
export function distanceSquared(ax: number, az: number, bx: number, bz: number): number {
  return (ax - bx) * (ax - bx) + (az - bz) * (az - bz);
}

/**
 * Visits the cells at Chebyshev distance `ring` around a cell that lie inside the world.
 * Ring after ring covers the grid outwards, each cell once.
 */
export function visitRing(cx: number, cz: number, ring: number, visit: (cx: number, cz: number) => void): void {
  for (let dz = -ring; dz <= ring; dz += 1) {
    const onRim = dz === -ring || dz === ring;
    const step = onRim ? 1 : 2 * ring;
    for (let dx = -ring; dx <= ring; dx += step) {
      if (isCell(cx + dx) && isCell(cz + dz)) visit(cx + dx, cz + dz);
    }
  }
}
