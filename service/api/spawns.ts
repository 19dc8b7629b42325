import { spawnsCodec } from '../cache/codecs.ts';
import type { Remember } from '../cache/levels.ts';
import { spawnsNear } from '../world/spawns.ts';
import { findSite, parseTreasureId } from '../world/treasures.ts';
import type { Budget } from './budget.ts';
import { notFound } from './refusals.ts';
import { sourceWithin } from './sources.ts';
import type { Worlds } from './worlds.ts';

/** Who lurks around a treasure, its guardian first. */
export async function spawns(worlds: Worlds, remember: Remember, query: { near: string; radius: number }, budget: Budget) {
  const address = parseTreasureId(query.near);
  if (address === null) throw notFound('treasure');
  const world = worlds.byIndex(address.worldIndex);
  const site = findSite(world, address);
  if (site === null) throw notFound('treasure');
  const source = sourceWithin(budget, () => spawnsNear(world, site, query.radius));
  const found = await remember(`spawns:${worlds.seed}:${query.near}:${query.radius}`, spawnsCodec, source);
  return { treasureId: query.near, spawns: found };
}
