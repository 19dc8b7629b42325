import { z } from 'zod';
import { biomeMapAddress, searchBody, spawnsQuery } from '../api/request-shapes.ts';

type Schema = { [key: string]: unknown };

/** The OpenAPI 3.1 document of the treasure API, derived from the shapes that requests are checked with. */
export function openApiDocument(): Schema {
  return {
    openapi: '3.1.0',
    info: {
      title: 'Treasure service',
      version: '1',
      description: 'Where the treasures are, who guards them, and what the land looks like.',
    },
    paths: {
      '/v1/treasures/search': {
        post: {
          summary: 'The treasures around a player, nearest first; distances are blocks on the map.',
          requestBody: { required: true, content: json(schemaOf(searchBody)) },
          responses: answers(listOf('treasures', treasure)),
        },
      },
      '/v1/spawns': {
        get: {
          summary: 'Who lurks around a treasure: its guardian first, then at most 31 more, nearest first.',
          parameters: parameters(spawnsQuery, []),
          responses: answers({ ...listOf('spawns', spawn), description: 'with `treasureId` as asked' }),
        },
      },
      '/v1/biomes/{world}/{x}/{z}/map': {
        get: {
          summary: 'The biomes around a block, size x size tiles of 16 blocks, row by row.',
          parameters: parameters(biomeMapAddress, ['world', 'x', 'z']),
          responses: answers(listOf('tiles', { type: 'string' })),
        },
      },
    },
  };
}

const whole: Schema = { type: 'integer' };
const word: Schema = { type: 'string' };
const position = objectOf({ x: whole, y: whole, z: whole });
const treasure = objectOf({ id: word, position, rarity: word, distance: whole, loot: { type: 'array', items: word, minItems: 1 } });
const spawn = objectOf({ id: word, kind: word, position });
const refusal = objectOf({ error: word });

function schemaOf(shape: z.ZodType): Schema {
  return z.toJSONSchema(shape, { io: 'input' });
}

function objectOf(properties: { [key: string]: Schema }): Schema {
  return { type: 'object', required: Object.keys(properties), properties };
}

function listOf(name: string, items: Schema): Schema {
  return objectOf({ [name]: { type: 'array', items } });
}

function json(schema: Schema): Schema {
  return { 'application/json': { schema } };
}

function answers(schema: Schema): Schema {
  const refused = (description: string): Schema => ({ description, content: json(refusal) });
  return {
    200: { description: 'Found.', content: json(schema) },
    400: refused('Names every bad field in `fields`.'),
    404: refused('No such world, treasure or route; `what` says which.'),
    413: refused('The body is too large.'),
    503: refused('The work took longer than it may.'),
  };
}

function parameters(shape: z.ZodObject, inPath: readonly string[]): Schema[] {
  return Object.entries(shape.shape).map(([name, field]) => ({
    name,
    in: inPath.includes(name) ? 'path' : 'query',
    required: true,
    schema: schemaOf(field as z.ZodType),
  }));
}
