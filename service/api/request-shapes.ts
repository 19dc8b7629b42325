import { z } from 'zod';
import { blocksMax, blocksMin, depthMin, heightMax } from '../world/geometry.ts';
import { rarities } from '../world/treasures.ts';
import { biomes } from '../world/worlds.ts';

/** What may be asked. The one source of the checks, the types and the OpenAPI document. Unknown further keys are tolerated. */
const id = z.string().min(1).max(64);
const block = z
  .number()
  .min(blocksMin)
  .lt(blocksMax + 1);
const biomeNames = biomes.map((biome) => biome.name);

export const searchBody = z.object({
  playerId: id,
  sessionId: id,
  world: id,
  position: z.object({
    x: block,
    y: z
      .number()
      .min(depthMin)
      .lt(heightMax + 1),
    z: block,
  }),
  radius: z.number().int().min(1).max(512).meta({ description: 'Blocks on the map; depth does not count.' }),
  filters: z
    .object({
      rarityMin: z.enum(rarities).default('common'),
      biomes: z.array(z.enum(biomeNames)).max(biomeNames.length).optional(),
      limit: z.number().int().min(1).max(20).default(8),
    })
    .default({ rarityMin: 'common', limit: 8 }),
  inventoryDigest: z.string().max(512),
  build: id,
  region: id,
  requestId: id,
});
export type SearchBody = z.output<typeof searchBody>;

/** Numbers in addresses come as text. */
function integerText(min: number, max: number) {
  return z
    .string()
    .regex(/^-?\d{1,9}$/, 'expected a whole number')
    .transform(Number)
    .pipe(z.number().min(min).max(max));
}

export const spawnsQuery = z.object({ near: id, radius: integerText(1, 256) });

export const biomeMapAddress = z.object({
  world: id,
  x: integerText(blocksMin, blocksMax),
  z: integerText(blocksMin, blocksMax),
  size: integerText(8, 64),
});
