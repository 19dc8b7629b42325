import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { z } from 'zod';
import type { Problem } from '../core/problem.ts';
import { programAt } from '../machine/program.ts';
import { platformOptions } from '../platforms/environment-problems.ts';

const runProgram = promisify(execFile);
const serviceMain = programAt(new URL('../service/main.ts', import.meta.url));

export type OptionValues = { [key: string]: string | number | boolean | null };

/** Asks the service itself which options it knows, and checks a scenario's overrides against them. */
export async function serviceOptionProblems(overrides: OptionValues, place: string): Promise<readonly Problem[]> {
  const keys = Object.keys(overrides);
  if (keys.length === 0) return [];
  const properties = await askForSchema();
  return keys.flatMap((key): readonly Problem[] => {
    const at = `${place}: service.${key}`;
    const schema = properties[key];
    if (schema === undefined)
      return [{ place: at, problem: 'is no option of the service', remedy: `one of: ${settable(properties).join(', ')}` }];
    if (platformOptions.includes(key)) return [{ place: at, problem: 'is set by the platform', remedy: 'leave it out' }];
    const checked = z.fromJSONSchema(schema as Parameters<typeof z.fromJSONSchema>[0]).safeParse(overrides[key]);
    return checked.success ? [] : checked.error.issues.map((issue) => ({ place: at, problem: issue.message, remedy: describe(schema) }));
  });
}

async function askForSchema(): Promise<{ [key: string]: unknown }> {
  const { stdout } = await runProgram(process.execPath, [serviceMain, '--print-schema'], {
    timeout: 20_000,
    env: { PATH: process.env['PATH'] ?? '' },
  });
  return (JSON.parse(stdout) as { properties: { [key: string]: unknown } }).properties;
}

function settable(properties: { [key: string]: unknown }): readonly string[] {
  return Object.keys(properties).filter((key) => !platformOptions.includes(key));
}

function describe(schema: unknown): string {
  const { description } = schema as { description?: string };
  return description ?? 'see `node service/main.ts --print-schema`';
}
