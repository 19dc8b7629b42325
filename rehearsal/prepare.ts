import { basename } from 'node:path';
import { isHalted } from '../chaos/registry.ts';
import type { Problem } from '../core/problem.ts';
import type { Result } from '../core/result.ts';
import { createLocalPlatform } from '../platforms/local/local-platform.ts';
import type { Environment, Platform } from '../platforms/platform.ts';
import { parseGuard } from './guard-text.ts';
import { freshSeed, newRunId } from './identity.ts';
import { type LoadedScenario, loadScenario } from './load-scenario.ts';
import { faultRequests, milliseconds, type Plan, plannedGuards, plannedMs } from './plan.ts';
import { readRedisUrl } from './redis-url.ts';
import { chooseFolder, folderProblems } from './run-folder.ts';

/** What the user asked for beside the scenario. Durations in ms. */
export type Wishes = {
  seed?: number;
  players?: number;
  /** Length of play. */
  for?: number;
  out?: string;
  keep?: number;
  guard?: string;
  environment?: string;
  yes?: boolean;
  /** `plan`: looks only, so that consent and folders are not asked for. */
  dryRun?: boolean;
};

export type Prepared = { plan: Plan; environment: Environment; platform: Platform; keep: number };

const keepDefault = 20;

/** Everything decided and checked before anything starts, or every problem at once. */
export async function prepare(scenarioName: string, wishes: Wishes): Promise<Result<Prepared>> {
  const loaded = await loadScenario(scenarioName);
  const redis = readRedisUrl(process.env['LAUNCHSTORM_REDIS_URL']);
  const guard = parseGuard(wishes.guard);
  const early = [
    ...problemsIn(loaded),
    ...problemsIn(redis),
    ...problemsIn(guard),
    ...(await folderProblems(wishes.out ?? '', wishes.out)),
    ...(await haltProblems()),
  ];
  if (!loaded.ok || !redis.ok || !guard.ok) return { ok: false, problems: early };
  const plan = planOf(loaded.value, wishes, guard.value);
  const environment = environmentOf(plan, redis.value);
  const platform = createLocalPlatform();
  const problems = [
    ...early,
    ...foreignRedisProblems(plan, redis.value, wishes),
    ...lengthProblems(plan, wishes),
    ...(wishes.dryRun === true ? [] : await platform.check(environment)),
  ];
  if (problems.length > 0) return { ok: false, problems };
  return { ok: true, value: { plan, environment, platform, keep: wishes.keep ?? keepDefault } };
}

function planOf({ path, scenario: written }: LoadedScenario, wishes: Wishes, guards: Plan['guards']): Plan {
  const startedAt = new Date();
  const seed = wishes.seed ?? freshSeed();
  const scenario = { ...written, crowd: { ...written.crowd, players: wishes.players ?? written.crowd.players } };
  const totalMs = Math.max(plannedMs(scenario), wishes.for ?? 0);
  return {
    runId: newRunId(startedAt),
    scenarioPath: path,
    scenario,
    seed,
    folder: chooseFolder(wishes.out, basename(path).replace(/\.\w+$/, ''), seed, startedAt),
    joinMs: milliseconds(scenario.crowd.join),
    faults: faultRequests(scenario),
    settleMs: milliseconds(scenario.settle) + Math.max(0, totalMs - plannedMs(scenario)),
    totalMs,
    guards: [...plannedGuards(scenario), ...guards],
    reproduce: reproduceLine(path, seed, wishes),
  };
}

/** One command line that plays the same players and the same faults again. */
function reproduceLine(path: string, seed: number, wishes: Wishes): string {
  const given = [
    wishes.players === undefined ? [] : ['--players', String(wishes.players)],
    wishes.for === undefined ? [] : ['--for', `${wishes.for / 1000}s`],
    wishes.guard === undefined ? [] : ['--guard', `'${wishes.guard}'`],
    wishes.yes === true ? ['--yes'] : [],
  ].flat();
  const quoted = /^[\w./-]+$/.test(path) ? path : `'${path}'`;
  return ['npm run rehearse --', quoted, '--seed', String(seed), ...given].join(' ');
}

function environmentOf(plan: Plan, redisUrl: string | null): Environment {
  return {
    name: plan.scenario.environment,
    runId: plan.runId,
    seed: plan.seed,
    pods: plan.scenario.pods,
    service: plan.scenario.service,
    podMemoryMiB: 512,
    backoffScale: 0.1,
    folder: plan.folder,
    redisUrl,
  };
}

/** Breaking what this run did not start needs a yes, and somebody who stops it when players suffer. */
function foreignRedisProblems(plan: Plan, redisUrl: string | null, wishes: Wishes): readonly Problem[] {
  if (wishes.dryRun === true || redisUrl === null || !plan.faults.some((fault) => fault.kind === 'redis-auth')) return [];
  const place = 'LAUNCHSTORM_REDIS_URL';
  const consent =
    wishes.yes === true
      ? []
      : [{ place, problem: 'redis-auth would break a Redis that this run did not start', remedy: 'add --yes if that is what you want' }];
  const guarded =
    plan.guards.length > 0
      ? []
      : [
          {
            place,
            problem: 'a fault on a foreign target needs a guard',
            remedy: "add --guard 'useful<0.5 for 5s', or guards in the scenario",
          },
        ];
  return [...consent, ...guarded];
}

function lengthProblems({ scenario }: Plan, wishes: Wishes): readonly Problem[] {
  const neededMs = plannedMs(scenario);
  if (wishes.for === undefined || wishes.for >= neededMs) return [];
  return [
    {
      place: '--for',
      problem: `${wishes.for / 1000}s is shorter than the scenario`,
      remedy: `at least ${neededMs / 1000}s: its timeline and the time to settle`,
    },
  ];
}

async function haltProblems(): Promise<readonly Problem[]> {
  return (await isHalted())
    ? [{ place: 'this machine', problem: 'runs are halted here', remedy: 'launchstorm halt --lift, when it is safe again' }]
    : [];
}

function problemsIn(result: Result<unknown>): readonly Problem[] {
  return result.ok ? [] : result.problems;
}
