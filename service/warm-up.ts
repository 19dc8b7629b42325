import { biomeMap } from './api/biome-map.ts';
import { Budget } from './api/budget.ts';
import { searchBody } from './api/request-shapes.ts';
import { search } from './api/search.ts';
import { spawns } from './api/spawns.ts';
import type { Worlds } from './api/worlds.ts';
import type { Remember } from './cache/levels.ts';

const rounds = 150;

/** Walks through every operation before anybody is let in: a pod that says it is ready answers at its usual speed, cold code does not. */
export async function warmUp(worlds: Worlds): Promise<void> {
  const computeOnly: Remember = async (_key, codec, source) => {
    const value = source.compute();
    return codec.decode(codec.encode(value)) ?? value;
  };
  const budget = new Budget(null, 0);
  for (let round = 0; round < rounds; round += 1) {
    const block = round * 400 - 30_000;
    const { treasures } = await search(worlds, computeOnly, searchBody.parse(searchAt(block)), budget);
    const near = treasures[0]?.id;
    if (near !== undefined) await spawns(worlds, computeOnly, { near, radius: 96 }, budget);
    await biomeMap(worlds, computeOnly, { world: 'verdania', x: block, z: block, size: 16 }, budget);
  }
}

function searchAt(block: number): unknown {
  const label = 'warm-up';
  return {
    playerId: label,
    sessionId: label,
    world: 'verdania',
    position: { x: block, y: 64, z: block },
    radius: 192,
    filters: { rarityMin: 'uncommon' },
    inventoryDigest: '',
    build: label,
    region: label,
    requestId: label,
  };
}
