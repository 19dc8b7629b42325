import { z } from 'zod';
import { deployments } from './deployments.ts';
import { environments } from './environments.ts';
import {
  environmentNames,
  type OptionDefaults,
  type OptionKey,
  type Options,
  optionKeys,
  rowOf,
  variableOf,
  variablePrefix,
} from './options.ts';

/** What is wrong with the configuration: where, what, and what would be right. */
export type OptionProblem = { variable: string; problem: string; remedy: string };

export type OptionReading = { ok: true; options: Options } | { ok: false; problems: readonly OptionProblem[] };

/** Reads every option from the variables, else from the environment that they name, else from its row. All problems at once. */
export function readOptions(variables: { readonly [name: string]: string | undefined }): OptionReading {
  const problems: OptionProblem[] = unknownVariables(Object.keys(variables));
  const defaults = defaultsOf(variables[variableOf('environment')]);
  const values: { [key: string]: unknown } = {};
  for (const key of optionKeys) {
    const text = variables[variableOf(key)];
    const problem = text === undefined ? null : checkOption(key, text);
    if (problem !== null) problems.push(problem);
    values[key] = text === undefined ? (key in defaults ? defaults[key] : rowOf(key).fallback) : rowOf(key).read(text);
  }
  const wantsRedis = typeof values['redisPort'] === 'number' && values['redisPort'] !== 0;
  if (wantsRedis && values['redisPassword'] === '' && values['missingSecret'] !== 'empty') problems.push(missingSecret);
  return problems.length > 0 ? { ok: false, problems } : { ok: true, options: values as Options };
}

/** An unknown name is a problem of its own row, and brings nothing. */
function defaultsOf(environment: string | undefined): OptionDefaults {
  const name = environmentNames.find((each) => each === environment);
  return name === undefined ? {} : environments[name];
}

/** An empty password would be refused by Redis later, request by request, where nobody looks. */
const missingSecret: OptionProblem = {
  variable: variableOf('redisPassword'),
  problem: `is missing or empty, but ${variableOf('redisPort')} is set`,
  remedy: `set ${variableOf('redisPassword')}, or set ${variableOf('redisPort')} to 0 to run without Redis`,
};

function checkOption(key: OptionKey, text: string): OptionProblem | null {
  const row = rowOf(key);
  const result = row.check.safeParse(row.read(text));
  if (result.success) return null;
  const shown = row.secret ? 'the value' : JSON.stringify(text.slice(0, 100));
  const nullable = row.check.safeParse(null).success ? ', or none' : '';
  const unit = row.unit === '' ? '' : ` (${row.unit})`;
  return {
    variable: variableOf(key),
    problem: `${shown} is not valid: ${result.error.issues.map((issue) => issue.message).join('; ')}`,
    remedy: `${row.help}${unit} Default ${JSON.stringify(row.fallback)}${nullable}`,
  };
}

function unknownVariables(names: readonly string[]): OptionProblem[] {
  const known = new Set(optionKeys.map(variableOf));
  return names
    .filter((name) => name.startsWith(variablePrefix) && !known.has(name))
    .map((name) => ({
      variable: name,
      problem: 'is not an option of this service',
      remedy: `did you mean ${closestTo(name, [...known])}? --print-schema lists all`,
    }));
}

function closestTo(name: string, known: readonly string[]): string {
  const byDistance = known.map((other) => ({ other, distance: editDistance(name, other) })).sort((a, b) => a.distance - b.distance);
  return byDistance[0]?.other ?? '';
}

/** Levenshtein distance, one row at a time. */
function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const change = (row[j - 1] as number) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(change, (row[j] as number) + 1, (next[j - 1] as number) + 1));
    }
    row = next;
  }
  return row[b.length] as number;
}

/**
 * The JSON Schema of the options, with variable, unit and help of each, under `environments` the values that each environment brings, and
 * under `deployments` what stands around the service there: for whoever starts it.
 */
export function optionsSchema(): unknown {
  const shape = optionKeys.map((key) => {
    const row = rowOf(key);
    const facts = { description: row.help, unit: row.unit, variable: variableOf(key), default: row.fallback, secret: row.secret === true };
    return [key, row.check.meta(facts)] as const;
  });
  return { ...z.toJSONSchema(z.strictObject(Object.fromEntries(shape)), { io: 'input' }), environments, deployments };
}
