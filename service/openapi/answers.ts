import { type OptionKey, optionKeys, rowOf } from '../options.ts';
import { blocksMax, blocksMin, depthMin, heightMax } from '../world/geometry.ts';
import { rarities, treasureIdPattern } from '../world/treasures.ts';
import { biomes, worldNames } from '../world/worlds.ts';
import { always, between, listOf, objectOf, oneOf, type Schema, schemaOf, whole, word } from './schema.ts';

const block = between(blocksMin, blocksMax);
const position = objectOf({ x: block, y: between(depthMin, heightMax), z: block });
const treasureId: Schema = { type: 'string', pattern: treasureIdPattern.source };

const treasure = objectOf({
  id: treasureId,
  position,
  rarity: oneOf(rarities),
  distance: { ...whole, minimum: 0, description: 'Blocks on the map, rounded down.' },
  loot: listOf(word, [1, 10]),
});

const spawn = objectOf({ id: word, kind: word, position });

/** What a player gets. */
export const found = objectOf({ treasures: listOf(treasure, [0, 20]) });
export const lurking = objectOf({ treasureId, spawns: listOf(spawn, [1, 32]) });
export const map = objectOf({
  world: oneOf(worldNames),
  x: block,
  z: block,
  size: between(8, 64),
  tiles: listOf(oneOf(biomes.map((biome) => biome.name)), [8 * 8, 64 * 64]),
});

/** What the platform and the people who run the service get. */
export const alive = objectOf({ alive: { type: 'boolean', const: true } });
export const ready = objectOf({ ready: { type: 'boolean' }, redis: oneOf(['off', 'up', 'down']) });
export const configuration = objectOf({
  environment: { type: 'string' },
  hash: { type: 'string', pattern: '^[0-9a-f]{12}$' },
  configuration: objectOf(Object.fromEntries(optionKeys.map((key) => [key, visible(key)]))),
});
export const document = objectOf({
  openapi: always('3.1.0'),
  info: { type: 'object' },
  tags: { type: 'array' },
  paths: { type: 'object' },
  components: { type: 'object' },
});

function visible(key: OptionKey): Schema {
  const { check, help, secret } = rowOf(key);
  const schema = secret ? { type: 'string', pattern: '^(unset|scrypt:[0-9a-f]{16})$' } : schemaOf(check);
  return { ...schema, description: help };
}
