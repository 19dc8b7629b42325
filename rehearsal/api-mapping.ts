import { z } from 'zod';
import type { Operation } from '../core/outcome.ts';
import {
  type ApiMapping,
  placeholdersOf,
  placeholdersOfEcho,
  profilePlaceholder,
  splitTemplate,
} from '../simulator/players/api-mapping.ts';
import { worlds } from '../simulator/players/place.ts';

/** The rows of a scenario's `api`: how the three moves of a player are asked of another backend. */

const textCharsMax = 500;
const bodyCharsMax = 20_000;

const pointer = z
  .string()
  .max(textCharsMax)
  .regex(/^(\/([^~/]|~[01])*)*$/, { error: "is no JSON pointer -> write for example '/data/items', or '' for the answer itself" });

/** Text with placeholders in braces, of which only the named ones mean anything. */
const template = (names: readonly string[]) =>
  z
    .string()
    .max(textCharsMax)
    .superRefine((text, context) => {
      for (const name of strangers(text, names)) context.addIssue(noPlaceholder(name, names));
    });

const path = (operation: Operation) =>
  template(placeholdersOf(operation)).regex(/^\/[!-~]*$/, {
    error: "is no path -> write for example '/shops/{world}/items', without spaces and with other characters percent-encoded",
  });

const body = (operation: Operation) =>
  z.json().superRefine((json, context) => {
    const names = placeholdersOf(operation);
    if (JSON.stringify(json).length > bodyCharsMax) {
      context.addIssue({ code: 'custom', message: `is larger than ${bodyCharsMax} characters -> leave out what does not matter` });
    }
    for (const text of textsIn(json)) {
      if (text === `{${profilePlaceholder}}`) continue;
      for (const name of strangers(text, names)) context.addIssue(noPlaceholder(name, [...names, `${profilePlaceholder} (by itself)`]));
    }
  });

const move = (operation: Operation) => ({
  method: z.enum(['GET', 'POST']).optional().describe('default: POST with a body, GET without'),
  path: path(operation).describe(`below the target's base path; may hold ${inBraces(placeholdersOf(operation))}`),
  body: body(operation)
    .optional()
    .describe(`any JSON with the same placeholders; '{${profilePlaceholder}}' alone is what a game client tells of itself`),
  list: pointer.describe('JSON pointer to the results, best first; an object there is a list of one'),
  each: z.array(pointer).max(50).optional().describe('what every result must hold, else the answer is wrong'),
  useful: pointer.optional().describe("nothing there in the first result (missing, null, false, 0, '', [], {}): the answer is empty"),
  echo: z
    .record(pointer, template(placeholdersOfEcho(operation)))
    .optional()
    .describe(`what the answer must repeat, else it is wrong; may hold ${inBraces(placeholdersOfEcho(operation))}`),
});

const notAWorld = { code: 'custom', message: `is no world of the crowd -> one of: ${worlds.join(', ')}` } as const;

const position = z.strictObject({ x: pointer.optional(), y: pointer.optional(), z: pointer.optional() });

export const apiMappingSchema = z
  .strictObject({
    worlds: z
      .record(z.string(), z.string().min(1).max(100))
      .superRefine((names, context) => {
        for (const name of Object.keys(names)) if (!worlds.includes(name)) context.addIssue({ ...notAWorld, path: [name] });
      })
      .optional()
      .describe(`what the other side calls the worlds ${worlds.join(', ')}`),
    search: z
      .strictObject({
        ...move('search'),
        id: pointer.describe('where a result holds the id that the spawns are asked with, as {id}'),
        position: position.optional().describe('where a result holds its place, as numbers; default: where the player stands'),
      })
      .optional(),
    spawns: z.strictObject(move('spawns')).optional(),
    biome: z.strictObject(move('biome')).optional(),
  })
  .refine((api) => api.search !== undefined || api.spawns !== undefined || api.biome !== undefined, {
    error: 'maps nothing -> map at least one of search, spawns, biome',
  }) satisfies z.ZodType<ApiMapping>;

function strangers(text: string, names: readonly string[]): readonly string[] {
  return splitTemplate(text).filter((part, index) => index % 2 === 1 && !names.includes(part));
}

function noPlaceholder(name: string, names: readonly string[]): { code: 'custom'; message: string } {
  return { code: 'custom', message: `{${name}} stands for nothing here -> one of: ${inBraces(names)}` };
}

function inBraces(names: readonly string[]): string {
  return names.map((name) => `{${name.replace(/ .*/, '')}}${name.replace(/^\w+/, '')}`).join(' ');
}

/** Every text in a JSON value; names of members are sent as they stand. */
function textsIn(json: unknown): readonly string[] {
  if (typeof json === 'string') return [json];
  if (typeof json !== 'object' || json === null) return [];
  const texts: string[] = [];
  for (const inner of Object.values(json)) texts.push(...textsIn(inner));
  return texts;
}
