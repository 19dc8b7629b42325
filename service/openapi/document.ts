import type { z } from 'zod';
import { biomeMapAddress, searchBody, spawnsQuery } from '../api/request-shapes.ts';
import { alive, configuration, document, found, lurking, map, ready } from './answers.ts';
import { answerHeaders, refer, refusals } from './refusals.ts';
import { type Schema, schemaOf } from './schema.ts';

/**
 * The OpenAPI 3.1 document of the service: requests derived from the shapes that they are checked with, answers written down
 * once more, so that a test can hold one against the other.
 */
export function openApiDocument(): Schema {
  return {
    openapi: '3.1.0',
    info: { title: 'Treasure service', version: '1', description },
    tags: [
      { name: 'treasures', description: 'What players ask.' },
      { name: 'operations', description: 'What the platform and the people who run the service ask.' },
    ],
    paths: { ...treasurePaths(), ...operationsPaths() },
    components: { responses: refusals },
  };
}

const description = [
  'Where the treasures are, who guards them, and what the land looks like.',
  'A path that is not listed is 404 (`NotFound`), a method that is not listed 405 (`MethodNotAllowed`).',
].join(' ');

function treasurePaths(): Schema {
  return {
    '/v1/treasures/search': {
      post: operation('search', 'treasures', {
        summary: 'The treasures around a player, nearest first.',
        requestBody: { required: true, content: { 'application/json': { schema: schemaOf(searchBody) } } },
        responses: { ...answers(found), ...workRefused, 413: refer('TooLarge'), 415: refer('UnsupportedMediaType') },
      }),
    },
    '/v1/spawns': {
      get: operation('spawns', 'treasures', {
        summary: 'Who lurks around a treasure: its guardian first, then at most 31 more, nearest first.',
        parameters: parameters(spawnsQuery, []),
        responses: { ...answers(lurking), ...workRefused },
      }),
    },
    '/v1/biomes/{world}/{x}/{z}/map': {
      get: operation('biome', 'treasures', {
        summary: 'The biomes around a block, size x size tiles of 16 blocks, row by row.',
        parameters: parameters(biomeMapAddress, ['world', 'x', 'z']),
        responses: { ...answers(map), ...workRefused },
      }),
    },
  };
}

function operationsPaths(): Schema {
  const look = (operationId: string, summary: string, responses: Schema): Schema => ({
    get: operation(operationId, 'operations', { summary, responses }),
  });
  return {
    '/healthz': look('healthz', 'Whether the process is alive.', answers(alive)),
    '/readyz': look('readyz', 'Whether it wants traffic, and how Redis is.', {
      ...answers(ready),
      503: answer('Draining: takes nothing new.', 'application/json', ready),
    }),
    '/metrics': look('metrics', 'Figures for Prometheus.', answers({ type: 'string', minLength: 1 }, 'text/plain')),
    '/configz': look('configz', 'The effective configuration, secrets as salted hashes.', answers(configuration)),
    '/openapi.json': look('openapi', 'This document.', answers(document)),
  };
}

/** What may befall a request that has work to do. */
const workRefused: Schema = { 404: refer('NotFound'), 500: refer('Internal'), 503: refer('Timeout') };

/** What may befall any request before it reaches its route. */
const neverArrived: Schema = { 400: refer('BadRequest'), 408: refer('TooSlow'), 431: refer('HeadersTooLarge') };

function operation(operationId: string, tag: string, rest: Schema): Schema {
  return { operationId, tags: [tag], ...rest };
}

function answers(schema: Schema, mediaType = 'application/json'): Schema {
  return { 200: answer('As asked.', mediaType, schema), ...neverArrived };
}

function answer(text: string, mediaType: string, schema: Schema): Schema {
  return { description: text, headers: answerHeaders, content: { [mediaType]: { schema } } };
}

function parameters(shape: z.ZodObject, inPath: readonly string[]): Schema[] {
  return Object.entries(shape.shape).map(([name, field]) => ({
    name,
    in: inPath.includes(name) ? 'path' : 'query',
    required: true,
    schema: schemaOf(field as z.ZodType, 'output'),
  }));
}
