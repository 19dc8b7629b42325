import { basename } from 'node:path';
import type { Problem } from '../core/problem.ts';
import type { Result } from '../core/result.ts';
import { commandLine } from '../machine/program.ts';
import type { Environment, Platform } from '../platforms/platform.ts';
import type { Crew } from '../simulator/crew/crew.ts';
import type { Muster } from '../simulator/crew/muster.ts';
import { type Approach, type ApproachWishes, approachWords, shellWord } from './approach.ts';
import { choosePlatform, type PlatformName } from './choose-platform.ts';
import { musterOf } from './crew-of.ts';
import { joinedMs } from './crowd-of.ts';
import type { EnvironmentName } from './environment-names.ts';
import { type Place, placeThere } from './foreign-target.ts';
import { parseGuard } from './guard-text.ts';
import { haltProblems } from './halted.ts';
import { freshSeed, newRunId } from './identity.ts';
import { type LoadedScenario, loadScenario } from './load-scenario.ts';
import { milliseconds } from './milliseconds.ts';
import { faultRequests, type Plan, plannedGuards, plannedMs } from './plan.ts';
import { readRedisUrl } from './redis-url.ts';
import { roomProblems } from './room.ts';
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
  environment?: EnvironmentName;
  yes?: boolean;
  /** Where the service of this run lives; default `local`. */
  platform?: PlatformName;
  /** A service that is there already, instead of one that this run starts. */
  target?: string;
  /** `plan`: looks only, so that consent and folders are not asked for. */
  dryRun?: boolean;
  /** Players only: the scenario's faults are left out. */
  faultless?: boolean;
} & ApproachWishes;

/** `environment`: what to bring up; `approach`: the way to a target that is there already. One of them is null. */
export type Prepared = {
  plan: Plan;
  environment: Environment | null;
  platform: Platform;
  approach: Approach | null;
  /** What the generator takes of this machine. */
  muster: Muster;
  keep: number;
  /** Somebody else's players instead of our own. */
  engine?: () => Promise<Crew>;
};

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
  if (!loaded.ok) return { ok: false, problems: early };
  const redisUrl = redis.ok ? redis.value : null;
  const plan = planOf(loaded.value, wishes, guard.ok ? guard.value : []);
  const place = wishes.target === undefined ? await placeHere(plan, redisUrl, wishes) : await placeThere(plan, redisUrl, wishes);
  const mustered = musterOf(plan, { approach: place.ok ? place.value.approach : null, pods: plan.scenario.pods });
  const problems = [
    ...early,
    ...foreignRedisProblems(plan, redisUrl, wishes),
    ...lengthProblems(plan, wishes),
    ...(wishes.dryRun === true ? [] : await roomProblems(plan.folder)),
    ...problemsIn(place),
    ...problemsIn(mustered),
  ];
  if (problems.length > 0 || !place.ok || !mustered.ok) return { ok: false, problems };
  return { ok: true, value: { plan, ...place.value, muster: mustered.value, keep: wishes.keep ?? keepDefault } };
}

/** A service of our own, or one in containers that are there already. */
async function placeHere(plan: Plan, redisUrl: string | null, wishes: Wishes): Promise<Result<Place>> {
  const environment = environmentOf(plan, redisUrl);
  const chosen = await choosePlatform(plan, wishes);
  const early = [...targetOnlyProblems(plan, wishes), ...problemsIn(chosen)];
  if (!chosen.ok) return { ok: false, problems: early };
  const platform = chosen.value;
  const problems = [...early, ...(wishes.dryRun === true ? [] : await platform.check(environment))];
  return problems.length > 0 ? { ok: false, problems } : { ok: true, value: { environment, platform, approach: null } };
}

/** What only means something where there is a target. */
function targetOnlyProblems({ scenario, scenarioPath }: Plan, { headers = [], headersFile, ca, insecure }: Wishes): readonly Problem[] {
  const remedy = 'add --target URL';
  const options = {
    '--header': headers.length > 0,
    '--headers-file': headersFile !== undefined,
    '--ca': ca !== undefined,
    '--insecure': insecure === true,
  };
  const given = Object.entries(options).filter(([, isGiven]) => isGiven);
  const api =
    scenario.api === undefined
      ? []
      : [{ place: `${scenarioPath}: api`, problem: 'the reference service speaks the treasure API only', remedy }];
  return [...api, ...given.map(([place]) => ({ place, problem: 'is for a target that is there already', remedy }))];
}

function planOf({ path, scenario: written }: LoadedScenario, wishes: Wishes, guards: Plan['guards']): Plan {
  const startedAt = new Date();
  const seed = wishes.seed ?? freshSeed();
  const scenario = {
    ...written,
    environment: wishes.environment ?? written.environment,
    crowd: { ...written.crowd, players: wishes.players ?? written.crowd.players },
  };
  const totalMs = Math.max(plannedMs(scenario), wishes.for ?? 0);
  return {
    runId: newRunId(startedAt),
    scenarioPath: path,
    scenario,
    seed,
    folder: chooseFolder(wishes.out, basename(path).replace(/\.\w+$/, ''), seed, startedAt),
    joinMs: joinedMs(scenario.crowd),
    faults: wishes.faultless === true ? [] : faultRequests(scenario),
    settleMs: milliseconds(scenario.settle) + Math.max(0, totalMs - plannedMs(scenario)),
    totalMs,
    guards: [...plannedGuards(scenario), ...guards],
    reproduce: reproduceLine(path, seed, wishes),
  };
}

/** One command line that plays the same players and the same faults again. */
function reproduceLine(path: string, seed: number, wishes: Wishes): string {
  const given = [
    wishes.environment === undefined ? [] : ['--environment', wishes.environment],
    wishes.platform === undefined ? [] : ['--platform', wishes.platform],
    wishes.players === undefined ? [] : ['--players', String(wishes.players)],
    wishes.for === undefined ? [] : ['--for', `${wishes.for / 1000}s`],
    wishes.guard === undefined ? [] : ['--guard', shellWord(wishes.guard)],
    wishes.target === undefined ? [] : ['--target', shellWord(wishes.target)],
    approachWords(wishes),
  ].flat();
  return [commandLine('rehearse'), shellWord(path), '--seed', String(seed), ...given].join(' ');
}

/** Against the kubelet's own waits. */
const backoffScales = { quick: 0.1, kubelet: 1 } as const;

function environmentOf(plan: Plan, redisUrl: string | null): Environment {
  return {
    name: plan.scenario.environment,
    runId: plan.runId,
    seed: plan.seed,
    pods: plan.scenario.pods,
    service: plan.scenario.service,
    podMemoryMiB: null,
    backoffScale: backoffScales[plan.scenario.crashBackOff],
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
    plan.guards.length > 0 || wishes.guard !== undefined
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
  if (wishes.for === undefined || wishes.for >= neededMs || wishes.faultless === true) return [];
  return [
    {
      place: '--for',
      problem: `${wishes.for / 1000}s is shorter than the scenario`,
      remedy: `at least ${neededMs / 1000}s: its timeline and the time to settle`,
    },
  ];
}

function problemsIn(result: Result<unknown>): readonly Problem[] {
  return result.ok ? [] : result.problems;
}
