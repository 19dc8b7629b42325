import { treasuresCodec } from '../cache/codecs.ts';
import type { Remember } from '../cache/levels.ts';
import { findCandidates, type SearchArea } from '../world/candidates.ts';
import { cellBlocks, cellOf } from '../world/geometry.ts';
import { type Found, nearestOf } from '../world/nearest.ts';
import { rarities } from '../world/treasures.ts';
import type { Budget } from './budget.ts';
import type { SearchBody } from './request-shapes.ts';
import { sourceWithin } from './sources.ts';
import type { Worlds } from './worlds.ts';

/** The treasures around a player, nearest first. */
export async function search(worlds: Worlds, remember: Remember, body: SearchBody, budget: Budget) {
  const world = worlds.byName(body.world);
  const position = { x: Math.floor(body.position.x), z: Math.floor(body.position.z) };
  const area = areaOf(body, position);
  const source = sourceWithin(budget, () => findCandidates(world, area, () => budget.check()));
  const candidates = await remember(`search:${worlds.seed}:${world.name}:${keyOf(area)}`, treasuresCodec, source);
  return { treasures: nearestOf(candidates, position, body.radius, area.limit).map(describeFound) };
}

/** Everybody in a cell who looks equally far with equal filters shares one entry of the cache. */
function areaOf(body: SearchBody, position: { x: number; z: number }): SearchArea {
  return {
    cx: cellOf(position.x),
    cz: cellOf(position.z),
    reachBlocks: Math.ceil(body.radius / cellBlocks) * cellBlocks,
    rarityRankMin: rarities.indexOf(body.filters.rarityMin),
    biomes: body.filters.biomes === undefined ? null : [...new Set(body.filters.biomes)].sort(),
    limit: body.filters.limit,
  };
}

function keyOf(area: SearchArea): string {
  return `${area.cx}:${area.cz}:${area.reachBlocks}:${area.rarityRankMin}:${area.limit}:${area.biomes?.join(',') ?? '*'}`;
}

function describeFound({ treasure, distance }: Found) {
  const { id, x, y, z, rarity, loot } = treasure;
  return { id, position: { x, y, z }, rarity, distance, loot };
}
