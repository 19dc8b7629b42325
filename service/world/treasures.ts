import { cellBlocks, depthMin, firstBlockOf, isCell } from './geometry.ts';
import { draw, hashPlace } from './hash.ts';
import { lootOf } from './loot.ts';
import { biomeAt, type World } from './world.ts';

export const rarities = ['common', 'uncommon', 'rare', 'epic', 'legendary'] as const;
export type Rarity = (typeof rarities)[number];

export type Treasure = { id: string; x: number; y: number; z: number; rarity: Rarity; loot: readonly string[] };

/** Where a treasure lies, before anything else about it is worked out: most of what a search visits is never described. */
export type Site = { cx: number; cz: number; n: number; hash: number; x: number; z: number };

/** How many treasures a cell holds, by the two lowest bits of its hash. */
const countByBits = [1, 2, 2, 3] as const;

/** Rarity out of 1,000 by richness of the biome, in the order of `rarities`. */
const rarityPerMille = [
  [620, 250, 95, 28, 7],
  [540, 280, 125, 43, 12],
  [450, 300, 165, 65, 20],
] as const;
const rareRank = 2;

/** The first treasure keeps this far off its cell's border, so that a neighbour's is within 128 blocks even in the world's corner. */
const marginBlocks = 12;

export function treasureCount(world: World, cx: number, cz: number): number {
  return countByBits[(hashPlace(world.treasureSeed, cx, cz) & 3) as 0 | 1 | 2 | 3];
}

/** The n-th treasure's site of a cell; n below `treasureCount`. */
export function siteOf(world: World, cx: number, cz: number, n: number): Site {
  const hash = draw(hashPlace(world.treasureSeed, cx, cz), n);
  const margin = n === 0 ? marginBlocks : 0;
  const span = cellBlocks - 2 * margin;
  return {
    cx,
    cz,
    n,
    hash,
    x: firstBlockOf(cx) + margin + (draw(hash, 0) % span),
    z: firstBlockOf(cz) + margin + (draw(hash, 1) % span),
  };
}

/**
 * The rank of a site's rarity (0 common .. 4 legendary), drawn by the biome's richness. Every second cell, as on a chessboard,
 * has a first treasure that is rare at least: whoever looks 128 blocks around for something rare finds it.
 */
export function rarityRankOf(world: World, site: Site): number {
  const rank = drawnRank(rarityPerMille[biomeAt(world, site.x, site.z).richness], draw(site.hash, 2) % 1_000);
  const promised = site.n === 0 && (site.cx + site.cz) % 2 === 0;
  return promised ? Math.max(rank, rareRank) : rank;
}

function drawnRank(perMille: readonly number[], drawn: number): number {
  let rest = drawn;
  for (let rank = 0; rank < perMille.length; rank += 1) {
    rest -= perMille[rank] as number;
    if (rest < 0) return rank;
  }
  return 0;
}

export function describeTreasure(world: World, site: Site): Treasure {
  const rank = rarityRankOf(world, site);
  return {
    id: treasureId(world, site),
    x: site.x,
    y: depthMin + (draw(site.hash, 3) % 192),
    z: site.z,
    rarity: rarities[rank] as Rarity,
    loot: lootOf(biomeAt(world, site.x, site.z).material, rank, site.hash),
  };
}

export function treasureId(world: World, site: Site): string {
  return `t-${world.index}-${site.cx}-${site.cz}-${site.n}`;
}

export type TreasureAddress = { worldIndex: number; cx: number; cz: number; n: number };

export const treasureIdPattern = /^t-([0-2])-(0|[1-9]\d{0,2})-(0|[1-9]\d{0,2})-([0-2])$/;

/** Reads an id as `treasureId` writes it; null for anything else, leading zeros included. Whether it exists is another question. */
export function parseTreasureId(id: string): TreasureAddress | null {
  const match = treasureIdPattern.exec(id);
  if (match === null) return null;
  const [worldIndex, cx, cz, n] = match.slice(1).map(Number) as [number, number, number, number];
  return { worldIndex, cx, cz, n };
}

/** The site of a treasure by its address, or null where the cell has no such treasure. */
export function findSite(world: World, address: TreasureAddress): Site | null {
  if (!isCell(address.cx) || !isCell(address.cz)) return null;
  if (address.n >= treasureCount(world, address.cx, address.cz)) return null;
  return siteOf(world, address.cx, address.cz, address.n);
}
