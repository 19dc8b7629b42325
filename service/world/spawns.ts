import { blocksMax, blocksMin, clampToWorld, depthMin, distanceSquared, type Position } from './geometry.ts';
import { draw, hashPlace } from './hash.ts';
import { describeTreasure, type Site, treasureId } from './treasures.ts';
import { biomeAt, type World } from './world.ts';

export type Spawn = { id: string; kind: string; position: Position };

/** One wild creature roams each square of this edge, in blocks. */
const rangeBlocks = 32;
const spawnsMax = 32;
/** A guardian stands on its treasure or one step beside it, so that even a radius of 1 finds it. */
const guardianSteps = [
  [0, 0],
  [1, 0],
  [-1, 0],
  [0, 1],
  [0, -1],
] as const;

type Roaming = { hash: number; x: number; z: number; column: number; row: number; squared: number };

/** The treasure's guardian, then the wild spawns within the radius (blocks on the map), nearest first; at most 32. */
export function spawnsNear(world: World, site: Site, radius: number): readonly Spawn[] {
  const wild = roamingAround(world, site, radius)
    .sort((a, b) => a.squared - b.squared || a.column - b.column || a.row - b.row)
    .slice(0, spawnsMax - 1);
  return [guardianOf(world, site), ...wild.map((roaming) => describeRoaming(world, roaming))];
}

function guardianOf(world: World, site: Site): Spawn {
  const step = guardianSteps[draw(site.hash, 12) % guardianSteps.length] ?? guardianSteps[0];
  const position = { x: clampToWorld(site.x + step[0]), y: describeTreasure(world, site).y, z: clampToWorld(site.z + step[1]) };
  return { id: `g-${treasureId(world, site)}`, kind: kindAt(world, position.x, position.z, site.hash), position };
}

function roamingAround(world: World, site: Site, radius: number): Roaming[] {
  const found: Roaming[] = [];
  for (let column = squareOf(site.x - radius); column <= squareOf(site.x + radius); column += 1) {
    for (let row = squareOf(site.z - radius); row <= squareOf(site.z + radius); row += 1) {
      const hash = hashPlace(world.spawnSeed, column, row);
      const x = blocksMin + column * rangeBlocks + (draw(hash, 0) % rangeBlocks);
      const z = blocksMin + row * rangeBlocks + (draw(hash, 1) % rangeBlocks);
      const squared = distanceSquared(x, z, site.x, site.z);
      if (squared <= radius * radius && isInWorld(x, z)) found.push({ hash, x, z, column, row, squared });
    }
  }
  return found;
}

function describeRoaming(world: World, roaming: Roaming): Spawn {
  return {
    id: `s-${world.index}-${roaming.column}-${roaming.row}`,
    kind: kindAt(world, roaming.x, roaming.z, roaming.hash),
    position: { x: roaming.x, y: depthMin + (draw(roaming.hash, 2) % 192), z: roaming.z },
  };
}

function kindAt(world: World, x: number, z: number, hash: number): string {
  const kinds = biomeAt(world, x, z).kinds;
  return kinds[(draw(hash, 13) % kinds.length) as 0 | 1 | 2];
}

function squareOf(block: number): number {
  return Math.floor((block - blocksMin) / rangeBlocks);
}

function isInWorld(x: number, z: number): boolean {
  return x >= blocksMin && x <= blocksMax && z >= blocksMin && z <= blocksMax;
}
