import { distanceSquared } from './geometry.ts';
import type { Treasure } from './treasures.ts';

export type Found = { treasure: Treasure; distance: number };

/**
 * The nearest treasures around a block, nearest first; equally near ones in the order given.
 * Distances are whole blocks on the map, rounded down.
 */
export function nearestOf(treasures: readonly Treasure[], around: { x: number; z: number }, radius: number, limit: number): Found[] {
  return treasures
    .map((treasure) => ({ treasure, squared: distanceSquared(treasure.x, treasure.z, around.x, around.z) }))
    .filter((found) => found.squared <= radius * radius)
    .sort((a, b) => a.squared - b.squared)
    .slice(0, limit)
    .map((found) => ({ treasure: found.treasure, distance: Math.floor(Math.sqrt(found.squared)) }));
}
