import type { Problem } from '../core/problem.ts';
import type { Result } from '../core/result.ts';
import { createLocalPlatform } from '../platforms/local/local-platform.ts';
import type { Platform } from '../platforms/platform.ts';
import type { Plan } from './plan.ts';

export type PlatformName = 'local' | 'compose';

type Wishes = { platform?: PlatformName; environment?: string; yes?: boolean; guard?: string; dryRun?: boolean };

const projectVariable = 'LAUNCHSTORM_COMPOSE_PROJECT';

/** Where the service lives: processes on this machine, or containers; what only containers need is loaded only then. */
export async function choosePlatform(plan: Plan, wishes: Wishes): Promise<Result<Platform>> {
  if (wishes.platform !== 'compose') return { ok: true, value: createLocalPlatform() };
  const { engineAddress } = await import('../protocols/docker/engine-address.ts');
  const { createComposePlatform } = await import('../platforms/compose/compose-platform.ts');
  const engine = engineAddress(process.env);
  const taken = process.env[projectVariable] || null;
  const problems = [...(engine.ok ? [] : engine.problems), ...(taken === null ? [] : takenProblems(taken, plan, wishes))];
  if (!engine.ok || problems.length > 0) return { ok: false, problems };
  return { ok: true, value: createComposePlatform({ engine: engine.value, taken }) };
}

/** Breaking what this run did not start needs a yes, and somebody who stops it when players suffer. */
function takenProblems(taken: string, plan: Plan, { environment, yes, guard, dryRun }: Wishes): readonly Problem[] {
  const problems: Problem[] = [];
  const at = (problem: string, remedy: string) => problems.push({ place: projectVariable, problem, remedy });
  if (!/^[a-z0-9][a-z0-9_-]*$/.test(taken)) at(`${JSON.stringify(taken)} is no name of a project`, 'lower-case letters, digits, dashes');
  if (environment !== undefined)
    at('--environment cannot be given to a project that is there already', 'leave it out: it is taken as it is');
  if (dryRun === true || plan.faults.length === 0) return problems;
  if (yes !== true) at(`faults would break project ${taken}, which this run did not start`, 'add --yes if that is what you want');
  if (plan.guards.length === 0 && guard === undefined) {
    at('a fault on a foreign target needs a guard', "add --guard 'useful<0.5 for 5s', or guards in the scenario");
  }
  return problems;
}
