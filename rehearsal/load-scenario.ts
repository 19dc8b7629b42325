import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { basename, dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { Problem } from '../core/problem.ts';
import type { Result } from '../core/result.ts';
import { checkScenario } from './check.ts';
import type { CheckedScenario } from './scenario.ts';
import { type OptionValues, serviceOptionProblems } from './service-options.ts';

const shippedFolder = join(dirname(dirname(fileURLToPath(import.meta.url))), 'scenarios');

export type LoadedScenario = { path: string; scenario: CheckedScenario };

/** Reads a scenario by path, or by the name of a shipped one; every problem at once, nothing is started. */
export async function loadScenario(given: string): Promise<Result<LoadedScenario>> {
  const file = findFile(given);
  if (file === null) return { ok: false, problems: [await notFound(given)] };
  const shown = relative(process.cwd(), file).startsWith('..') ? file : relative(process.cwd(), file);
  const exported = await readExport(file);
  if (!exported.ok) return exported;
  const checked = checkScenario(exported.value, shown);
  const problems = [...(checked.ok ? [] : checked.problems), ...(await serviceOptionProblems(serviceOf(exported.value), shown))];
  return checked.ok && problems.length === 0 ? { ok: true, value: { path: shown, scenario: checked.value } } : { ok: false, problems };
}

/** The service judges its own options, also where something else in the scenario is wrong: all problems at once. */
function serviceOf(raw: unknown): OptionValues {
  const service = typeof raw === 'object' && raw !== null && 'service' in raw ? raw.service : null;
  return typeof service === 'object' && service !== null ? (service as OptionValues) : {};
}

function findFile(given: string): string | null {
  const candidates = [
    resolve(given),
    resolve(`${given}.ts`),
    join(shippedFolder, given),
    join(shippedFolder, `${given}.ts`),
    resolve(dirname(shippedFolder), given),
  ];
  return candidates.find((path) => /\.(ts|mts|js|mjs)$/.test(path) && existsSync(path)) ?? null;
}

async function readExport(file: string): Promise<Result<unknown>> {
  const problem = (what: string, remedy: string): Result<unknown> => ({ ok: false, problems: [{ place: file, problem: what, remedy }] });
  try {
    const module = (await import(pathToFileURL(file).href)) as { [name: string]: unknown };
    if ('scenario' in module) return { ok: true, value: module['scenario'] };
    return problem('exports no `scenario`', 'write: export const scenario: Scenario = { … }');
  } catch (error) {
    return problem(
      `cannot be read: ${error instanceof Error ? error.message : String(error)}`,
      'a scenario is a TypeScript file that exports `scenario`',
    );
  }
}

async function notFound(given: string): Promise<Problem> {
  const shipped = (await readdir(shippedFolder).catch(() => []))
    .filter((name) => name.endsWith('.ts') && !name.includes('.test.'))
    .map((name) => basename(name, '.ts'));
  return { place: given, problem: 'no such scenario', remedy: `give a path to a .ts file, or one of: ${shipped.join(', ')}` };
}
