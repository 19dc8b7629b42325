import { mapSizeMax, mapSizeMin, spawnsRadiusMax } from '../api/limits.ts';
import { notFound } from '../api/refusals.ts';
import type { Worlds } from '../api/worlds.ts';
import { mapAreaAround, mapBiomes, tileNames } from '../world/biome-map.ts';
import { spawnsNear } from '../world/spawns.ts';
import { findSite, parseTreasureId } from '../world/treasures.ts';
import { jsonType } from './exchange.ts';
import type { UpstreamReply } from './upstream.ts';

/**
 * What the main process would say, byte for byte, worked out in the sidecar while that is away. Not what is done every day: it takes many
 * times what passing it on takes, from the process that all players of the pod are connected to.
 */

/** Null where the main process would have more to say about the request itself. */
export function spawnsInstead(worlds: Worlds, near: string, radius: number): UpstreamReply | null {
  if (radius > spawnsRadiusMax) return null;
  const address = parseTreasureId(near);
  if (address === null) return noTreasure();
  const world = worlds.byIndex(address.worldIndex);
  const site = findSite(world, address);
  return site === null ? noTreasure() : reply(200, { treasureId: near, spawns: spawnsNear(world, site, radius) });
}

export function mapInstead(worlds: Worlds, at: { world: string; x: number; z: number; size: number }): UpstreamReply | null {
  const { world: name, x, z, size } = at;
  if (size < mapSizeMin || size > mapSizeMax) return null;
  const world = worlds.byName(name);
  const numbers = mapBiomes(world, mapAreaAround(x, z, size), () => {});
  return reply(200, { world: world.name, x, z, size, tiles: tileNames(numbers) });
}

function noTreasure(): UpstreamReply {
  const { status, body } = notFound('treasure');
  return reply(status, body);
}

/** One character a byte, as replies of the main process are read. */
function reply(status: number, body: object): UpstreamReply {
  return { status, headers: { 'content-type': jsonType }, body: Buffer.from(JSON.stringify(body)).toString('latin1') };
}
