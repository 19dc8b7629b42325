import type { Problem } from '../core/problem.ts';
import type { Result } from '../core/result.ts';
import { readHeaders } from './headers.ts';
import { freshSeed, newRunId } from './identity.ts';
import type { Plan } from './plan.ts';
import type { Wishes } from './prepare.ts';
import { chooseFolder, folderProblems } from './run-folder.ts';
import { scenarioSchema } from './scenario.ts';
import { reachProblems, readTarget, type Target } from './target-url.ts';

export type LoadWishes = Wishes & { headers: readonly string[]; insecure?: boolean };
export type PreparedLoad = { plan: Plan; target: Target; headers: { [name: string]: string }; insecure: boolean; keep: number };

const loadMsDefault = 30_000;
const playersDefault = 50;

/** A load is a rehearsal without faults on a target that is there already. Every problem at once, nothing started. */
export async function prepareLoad(url: string | undefined, wishes: LoadWishes): Promise<Result<PreparedLoad>> {
  const target = readTarget(url);
  const headers = readHeaders(wishes.headers);
  const problems: Problem[] = [
    ...(target.ok ? [...consentProblems(target.value, wishes), ...(await reachProblems(target.value))] : target.problems),
    ...(headers.ok ? [] : headers.problems),
    ...(await folderProblems(wishes.out ?? '', wishes.out)),
  ];
  if (problems.length > 0 || !target.ok || !headers.ok) return { ok: false, problems };
  const plan = planOf(target.value, wishes);
  return { ok: true, value: { plan, target: target.value, headers: headers.value, insecure: wishes.insecure === true, keep: wishes.keep ?? 20 } };
}

function consentProblems(target: Target, wishes: LoadWishes): readonly Problem[] {
  if (target.loopback || wishes.yes === true) return [];
  return [{ place: target.origin, problem: 'is not on this machine', remedy: 'add --yes if you may load it' }];
}

function planOf(target: Target, wishes: LoadWishes): Plan {
  const startedAt = new Date();
  const seed = wishes.seed ?? freshSeed();
  const totalMs = wishes.for ?? loadMsDefault;
  const url = `${target.origin}${target.basePath}`;
  return {
    runId: newRunId(startedAt),
    scenarioPath: url,
    scenario: scenarioSchema.parse({ title: `Load on ${url}`, crowd: { players: wishes.players ?? playersDefault }, expect: [] }),
    seed,
    folder: chooseFolder(wishes.out, `load-${target.host}`, seed, startedAt),
    joinMs: Math.min(4000, totalMs / 5),
    faults: [],
    settleMs: totalMs - Math.min(4000, totalMs / 5),
    totalMs,
    guards: [],
    reproduce: `npm run launchstorm -- load ${url} --players ${wishes.players ?? playersDefault} --for ${totalMs / 1000}s --seed ${seed}`,
  };
}
