import { z } from 'zod';
import { blocksMax, blocksMin, depthMin, heightMax } from '../world/geometry.ts';
import { rarities, treasureIdPattern } from '../world/treasures.ts';
import { biomes, worldNames } from '../world/worlds.ts';
import { mapSizeMax, mapSizeMin, spawnsRadiusMax } from './limits.ts';

/** What may be asked. The one source of the checks, the types and the OpenAPI document. Unknown further keys are tolerated. */
const id = text(1, 64);
const block = z
  .number()
  .min(blocksMin)
  .lt(blocksMax + 1);
/** Another world than these is not a bad request but one for something that is not there. */
const world = id.meta({ enum: worldNames });
const biomeNames = biomes.map((biome) => biome.name);

export const searchBody = z.object({
  playerId: id,
  sessionId: id,
  world,
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
  inventoryDigest: text(0, 512),
  build: id,
  region: id,
  requestId: id,
});
export type SearchBody = z.output<typeof searchBody>;

/** Lengths are characters, as JSON Schema counts them; a string's own length counts those beyond the BMP twice. */
function text(charactersMin: number, charactersMax: number) {
  return z
    .string()
    .min(charactersMin)
    .refine((value) => value.length <= charactersMax || [...value.slice(0, 2 * charactersMax + 1)].length <= charactersMax, {
      error: `expected at most ${charactersMax} characters`,
    })
    .meta({ maxLength: charactersMax });
}

/** Numbers in addresses come as text. */
function integerText(min: number, max: number) {
  return z
    .string()
    .regex(/^-?\d{1,9}$/, 'expected a whole number')
    .transform(Number)
    .pipe(z.number().int().min(min).max(max));
}

export const spawnsQuery = z.object({ near: id.meta({ pattern: treasureIdPattern.source }), radius: integerText(1, spawnsRadiusMax) });

export const biomeMapAddress = z.object({
  world,
  x: integerText(blocksMin, blocksMax),
  z: integerText(blocksMin, blocksMax),
  size: integerText(mapSizeMin, mapSizeMax),
});
