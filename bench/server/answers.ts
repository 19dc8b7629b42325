/**
 * What the bench server always says: one world, one chest, one map, of the sizes that a treasure service's answers have. Players who
 * take the chest's id and place from the search answer ask exactly for the other two; anything else gets 404.
 */
export const world = 'verdania';
export const chest = { id: 't-verdania-12-7-3', x: 412, y: 71, z: -187 };
export const spawnsRadius = 96;
export const mapSize = 13;

export const fullChest: readonly string[] = ['rope', 'silver coin', 'lantern', 'weathered map'];
export const emptyChest: readonly string[] = [];

export const paths = {
  search: '/v1/treasures/search',
  spawns: '/v1/spawns',
  biome: `/v1/biomes/${world}/${chest.x}/${chest.z}/map`,
};

/** About 940 bytes: six treasures, nearest first. */
export function searchAnswer(nearestLoot: readonly string[]): string {
  const treasures = [0, 1, 2, 3, 4, 5].map((rank) => ({
    id: rank === 0 ? chest.id : `t-verdania-12-7-${3 + rank}`,
    position: { x: chest.x + 9 * rank, y: chest.y - rank, z: chest.z - 14 * rank },
    rarity: rank < 4 ? 'common' : 'uncommon',
    distance: 11 + 17 * rank,
    loot: rank === 0 ? nearestLoot : fullChest,
  }));
  return JSON.stringify({ treasures });
}

/** About 600 bytes: seven that guard the chest. */
export function spawnsAnswer(): string {
  const spawns = [0, 1, 2, 3, 4, 5, 6].map((rank) => ({
    id: `s-verdania-12-7-${rank}`,
    kind: rank % 2 === 0 ? 'wolf' : 'bandit',
    position: { x: chest.x - 5 * rank, y: chest.y, z: chest.z + 7 * rank },
  }));
  return JSON.stringify({ treasureId: chest.id, spawns });
}

/** About 1,600 bytes: 13 x 13 tiles. */
export function biomeAnswer(): string {
  const tiles = Array.from({ length: mapSize * mapSize }, (_unused, index) => (index % 3 === 0 ? 'meadow' : 'forest'));
  return JSON.stringify({ world, x: chest.x, z: chest.z, size: mapSize, tiles });
}
