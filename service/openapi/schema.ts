import { z } from 'zod';

/** A JSON Schema (2020-12), or any other piece of the document. */
export type Schema = { readonly [key: string]: unknown };

export const whole: Schema = { type: 'integer' };
export const word: Schema = { type: 'string', minLength: 1 };

/** The schema of what a check lets in, or, with `output`, of what it makes of it: numbers in addresses come as text. */
export function schemaOf(shape: z.ZodType, io: 'input' | 'output' = 'input'): Schema {
  const { $schema, ...schema } = z.toJSONSchema(shape, { io });
  return schema;
}

/** Every property is there. Callers should tolerate further ones. */
export function objectOf(properties: { [key: string]: Schema }): Schema {
  return { type: 'object', required: Object.keys(properties), properties };
}

export function listOf(items: Schema, [minItems, maxItems]: readonly [number, number]): Schema {
  return { type: 'array', items, minItems, maxItems };
}

export function between(minimum: number, maximum: number): Schema {
  return { type: 'integer', minimum, maximum };
}

export function oneOf(words: readonly string[]): Schema {
  return { type: 'string', enum: words };
}

export function always(value: string): Schema {
  return { type: 'string', const: value };
}
