import { mapCodec } from '../cache/codecs.ts';
import type { Remember } from '../cache/levels.ts';
import { mapAreaAround, mapBiomes, tileNames } from '../world/biome-map.ts';
import type { Budget } from './budget.ts';
import { sourceWithin } from './sources.ts';
import type { Worlds } from './worlds.ts';

/** The biomes around a block, `size` x `size` tiles row by row, the block's own tile in the middle. */
export async function biomeMap(
  worlds: Worlds,
  remember: Remember,
  address: { world: string; x: number; z: number; size: number },
  budget: Budget,
) {
  const world = worlds.byName(address.world);
  const area = mapAreaAround(address.x, address.z, address.size);
  const key = `biome:${worlds.seed}:${world.name}:${area.column}:${area.row}:${area.size}`;
  const source = sourceWithin(budget, () => mapBiomes(world, area, () => budget.check()));
  const numbers = await remember(key, mapCodec(area.size * area.size), source);
  return { world: world.name, x: address.x, z: address.z, size: address.size, tiles: tileNames(numbers) };
}
