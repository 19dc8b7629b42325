import { existsSync } from 'node:fs';
import { realpath } from 'node:fs/promises';
import { relative, resolve, sep } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Problem } from '../core/problem.ts';
import type { Result } from '../core/result.ts';
import { checkScenario } from './check.ts';
import { withCurve } from './curve-file.ts';
import type { CheckedScenario } from './scenario.ts';
import { type OptionValues, serviceOptionProblems } from './service-options.ts';
import { shippedScenarios } from './shipped-scenarios.ts';

export type LoadedScenario = { path: string; scenario: CheckedScenario };

/** Reads a scenario by path, or by the name of a shipped one; every problem at once, nothing is started. */
export async function loadScenario(given: string): Promise<Result<LoadedScenario>> {
  const file = findFile(given);
  if (file === null) return { ok: false, problems: [notFound(given)] };
  const shown = shownAs(file);
  const exported = await readExport(file);
  if (!exported.ok) return exported;
  const { raw, problems: unread } = await withCurve(exported.value, file);
  const checked = checkScenario(raw, shown);
  const problems = [
    ...placed(unread, shown),
    ...(checked.ok ? [] : checked.problems),
    ...(await serviceOptionProblems(serviceOf(exported.value), shown)),
  ];
  return checked.ok && problems.length === 0 ? { ok: true, value: { path: shown, scenario: checked.value } } : { ok: false, problems };
}

function placed(problems: readonly Problem[], shown: string): readonly Problem[] {
  return problems.map((problem) => ({ ...problem, place: `${shown}: ${problem.place}` }));
}

/** The service judges its own options, also where something else in the scenario is wrong: all problems at once. */
function serviceOf(raw: unknown): OptionValues {
  const service = typeof raw === 'object' && raw !== null && 'service' in raw ? raw.service : null;
  return typeof service === 'object' && service !== null ? (service as OptionValues) : {};
}

/** A file of the user's, or a shipped one by its name; `scenarios/launch-day.ts` is understood from anywhere. */
function findFile(given: string): string | null {
  const own = [resolve(given), resolve(`${given}.ts`)].find((path) => /\.(ts|mts|js|mjs)$/.test(path) && existsSync(path));
  const name = given.replace(/^scenarios\//, '').replace(/\.ts$/, '');
  return own ?? shippedScenarios().get(name) ?? null;
}

/** What finds the same file again: the path from here where it is short, and never one into an installed package. */
function shownAs(file: string): string {
  const path = relative(process.cwd(), file);
  if (!path.startsWith('..') && !path.split(sep).includes('node_modules')) return path;
  for (const [name, shipped] of shippedScenarios()) if (shipped === file) return name;
  return file;
}

async function readExport(file: string): Promise<Result<unknown>> {
  const problem = (what: string, remedy: string): Result<unknown> => ({ ok: false, problems: [{ place: file, problem: what, remedy }] });
  try {
    // A link to a scenario is fine, and what it imports lies beside the scenario: Node is told to take links as they are.
    const module = (await import(pathToFileURL(await realpath(file)).href)) as { [name: string]: unknown };
    if ('scenario' in module) return { ok: true, value: module['scenario'] };
    return problem('exports no `scenario`', 'write: export const scenario: Scenario = { … }');
  } catch (error) {
    return problem(
      `cannot be read: ${error instanceof Error ? error.message : String(error)}`,
      'a scenario is a TypeScript file that exports `scenario`',
    );
  }
}

function notFound(given: string): Problem {
  const shipped = [...shippedScenarios().keys()].join(', ');
  return { place: given, problem: 'no such scenario', remedy: `give a path to a .ts file, or one of: ${shipped}` };
}
