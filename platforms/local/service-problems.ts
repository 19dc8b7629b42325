import { z } from 'zod';
import type { Problem } from '../../core/problem.ts';
import { platformOptions, problemAt } from '../environment-problems.ts';
import type { Environment } from '../platform.ts';
import { type Published, publishedBy } from './published.ts';

/** What the service would say to the name of its environment and to the options that a scenario gives it, before anything is started. */
export async function serviceProblems(environment: Environment, program: string): Promise<readonly Problem[]> {
  try {
    const published = await publishedBy(program);
    return [...nameProblems(environment, published), ...optionProblems(environment, published)];
  } catch (error) {
    const why = error instanceof Error ? error.message.split('\n')[0] : String(error);
    return [problemAt('service', `cannot be asked what it understands: ${why}`, `run it by hand: node ${program} --print-schema`)];
  }
}

function nameProblems({ name }: Environment, { environments }: Published): readonly Problem[] {
  const known = Object.keys(environments);
  if (known.length === 0 || known.includes(name)) return [];
  return [problemAt('environment', `the service knows no ${JSON.stringify(name)}`, `one of ${known.join(', ')}`)];
}

function optionProblems({ service }: Environment, { properties, schema }: Published): readonly Problem[] {
  const known = Object.keys(properties);
  if (known.length === 0) return [];
  const given = Object.entries(service).filter(([key]) => !platformOptions.includes(key));
  const unknown = given.filter(([key]) => !known.includes(key));
  const check = z.fromJSONSchema({ ...(schema as object), required: [] } as Published['schema']);
  const checked = check.safeParse(Object.fromEntries(given.filter(([key]) => known.includes(key))));
  return [
    ...unknown.map(([key]) => problemAt(`service.${key}`, 'is not an option of the service', `one of ${known.join(', ')}`)),
    ...(checked.error?.issues ?? []).map(({ path, message }) =>
      problemAt(`service.${path.join('.')}`, message, helpOf(properties[String(path[0])])),
    ),
  ];
}

function helpOf(property: { description?: string | undefined } | undefined): string {
  return property?.description ?? 'see `--print-schema` of the service';
}
