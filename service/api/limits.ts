/** How far around a treasure one may look for spawns, in blocks. */
export const spawnsRadiusMax = 256;
/** Edge of a biome map, in tiles. */
export const mapSizeMin = 8;
export const mapSizeMax = 64;
