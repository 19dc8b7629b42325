import { z } from 'zod';

/** JSON Schema as far as options use it, with what the service adds to it. */
export type Schema = {
  type?: string | readonly string[];
  description?: string;
  default?: unknown;
  enum?: readonly unknown[];
  const?: unknown;
  minimum?: number;
  maximum?: number;
  exclusiveMinimum?: number;
  exclusiveMaximum?: number;
  maxItems?: number;
  pattern?: string;
  properties?: { readonly [name: string]: Schema };
  required?: readonly string[];
  additionalProperties?: Schema | boolean;
  items?: Schema;
  /** Of a row of the crowd: where its default comes from. */
  basis?: string;
  source?: string;
  anyOf?: readonly Schema[];
  oneOf?: readonly Schema[];
  /** Set below: a string that is a length of time. */
  isDuration?: true;
};

/** An option as the reference shows it. */
export type OptionLine = { name: string; takes: string; fallback: string; help: string; basis?: string; source?: string };

/** The options of one object; a union of objects is a part for each alternative. */
export type Part = { title: string; lines: readonly OptionLine[] };

/** As JSON Schema, with lengths of time marked: a check written as code leaves no trace in a schema, so it is asked. */
export function schemaOf(row: z.ZodType): Schema {
  return z.toJSONSchema(row, {
    io: 'input',
    override: ({ zodSchema, jsonSchema }) => {
      if (jsonSchema.type !== 'string' || jsonSchema.enum !== undefined || jsonSchema.const !== undefined) return;
      const takes = (text: string) => z.safeParse(zodSchema, text).success;
      if (takes('15s') && takes('61.5s') && !takes('fifteen')) Object.assign(jsonSchema, { isDuration: true });
    },
  }) as Schema;
}

/** Every option below this schema, in the order in which it is declared: `crowd.players`, `timeline[].at`. */
export function partsOf(schema: Schema, title: string, prefix = ''): readonly Part[] {
  const found = walk(schema, prefix);
  return [{ title, lines: found.lines }, ...found.parts];
}

type Found = { lines: readonly OptionLine[]; parts: readonly Part[] };

function walk(schema: Schema, prefix: string): Found {
  const found = Object.entries(schema.properties ?? {}).map(([name, option]) => {
    const isNeeded = schema.required?.includes(name) === true && option.default === undefined;
    return below({ path: `${prefix}${name}`, schema: option, isNeeded });
  });
  return { lines: found.flatMap(({ lines }) => lines), parts: found.flatMap(({ parts }) => parts) };
}

type Option = { path: string; schema: Schema; isNeeded: boolean };

function below(option: Option): Found {
  const { path, schema } = option;
  const own = lineOf(option);
  const inner = schema.items ?? schema;
  const innerPath = schema.items === undefined ? path : `${path}[]`;
  const alternatives = alternativesOf(inner).filter(({ properties }) => properties !== undefined);
  if (alternatives.length > 0) return { lines: [own], parts: alternatives.map((each) => partOf(each, innerPath)) };
  if (inner.properties === undefined) return { lines: [own], parts: [] };
  const { lines, parts } = walk(inner, `${innerPath}.`);
  return { lines: schema.items !== undefined || schema.description !== undefined ? [own, ...lines] : lines, parts };
}

/** A union in a union is one union. */
function alternativesOf(schema: Schema): readonly Schema[] {
  return (schema.oneOf ?? schema.anyOf ?? []).flatMap((each) =>
    each.properties === undefined && (each.oneOf ?? each.anyOf) ? alternativesOf(each) : [each],
  );
}

/** An alternative is told by the word that only it has: `kind: pod-kill`, `share: useful`. */
function partOf(schema: Schema, path: string): Part {
  const [name = '', mark] = Object.entries(schema.properties ?? {}).find(([, each]) => each.const !== undefined) ?? [];
  const first = Object.keys(schema.properties ?? {})[0] ?? '';
  const title = mark === undefined ? `\`${path}\` with \`${first}\`` : `\`${path}\` with \`${name}: '${String(mark.const)}'\``;
  return { title, lines: walk(schema, '').lines };
}

function lineOf({ path, schema, isNeeded }: Option): OptionLine {
  const fallback = schema.default === undefined ? (isNeeded ? 'must be given' : '') : JSON.stringify(schema.default);
  const { description: help = '', basis, source } = schema;
  const origin = basis === undefined || source === undefined ? {} : { basis, source };
  return { name: path, takes: takesOf(schema), fallback, help, ...origin };
}

/** What may be written, in words: `whole number, 1 to 16`. */
export function takesOf(schema: Schema): string {
  if (schema.isDuration) return 'duration';
  if (schema.const !== undefined) return word(schema.const);
  if (schema.enum !== undefined) return schema.enum.map(word).join(', ');
  const alternatives = schema.oneOf ?? schema.anyOf;
  if (alternatives !== undefined) return [...new Set(alternatives.map(takesOf))].join(', or ');
  if (Array.isArray(schema.type)) return schema.type.join(', ');
  switch (schema.type) {
    case 'integer':
      return `whole number${range(schema)}`;
    case 'number':
      return `number${range(schema)}`;
    case 'array':
      return `list${ofWhat(schema.items ?? {})}${atMost(schema)}`;
    case 'object':
      return typeof schema.additionalProperties === 'object' ? `by name: ${takesOf(schema.additionalProperties)}` : 'object';
    case 'string':
      return 'text';
    case 'boolean':
      return '`true`, `false`';
    case 'null':
      return '`null`';
    default:
      return 'any JSON';
  }
}

/** Nothing where the items have a part or lines of their own. */
function ofWhat(items: Schema): string {
  return items.properties === undefined && items.anyOf === undefined ? ` of ${takesOf(items)}` : '';
}

function range({ minimum, maximum, exclusiveMinimum, exclusiveMaximum }: Schema): string {
  const from = minimum ?? exclusiveMinimum;
  const to = maximum ?? exclusiveMaximum;
  if (from === undefined && to === undefined) return '';
  const bounds = exclusiveMinimum === undefined ? '' : ', both excluded';
  return to === undefined || to === Number.MAX_SAFE_INTEGER ? `, at least ${from}` : `, ${from} to ${to}${bounds}`;
}

function atMost({ maxItems }: Schema): string {
  return maxItems === undefined ? '' : `, at most ${maxItems}`;
}

function word(value: unknown): string {
  return `\`${typeof value === 'string' ? value : JSON.stringify(value)}\``;
}
