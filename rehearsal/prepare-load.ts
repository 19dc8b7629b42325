import type { Problem } from '../core/problem.ts';
import type { Result } from '../core/result.ts';
import { commandLine } from '../machine/program.ts';
import type { Muster } from '../simulator/crew/muster.ts';
import { type Approach, type ApproachWishes, approachWords, prepareApproach, shellWord } from './approach.ts';
import { musterOf } from './crew-of.ts';
import { haltProblems } from './halted.ts';
import { freshSeed, newRunId } from './identity.ts';
import type { Plan } from './plan.ts';
import type { Wishes } from './prepare.ts';
import { roomProblems } from './room.ts';
import { chooseFolder, folderProblems } from './run-folder.ts';
import { scenarioSchema } from './scenario.ts';
import type { Target } from './target-url.ts';

export type LoadWishes = Wishes & ApproachWishes;
export type PreparedLoad = { plan: Plan; approach: Approach; muster: Muster; keep: number };

const loadMsDefault = 30_000;
const playersDefault = 50;
const joinMsMax = 4000;

/** A load is a rehearsal without faults on a target that is there already. Every problem at once, nothing started. */
export async function prepareLoad(url: string | undefined, wishes: LoadWishes): Promise<Result<PreparedLoad>> {
  const approach = await prepareApproach(url, wishes);
  const plan = approach.ok ? planOf(approach.value.target, wishes) : null;
  const mustered = plan !== null && approach.ok ? musterOf(plan, { approach: approach.value, pods: 0 }) : null;
  const problems: Problem[] = [
    ...(approach.ok ? [] : approach.problems),
    ...(await folderProblems(wishes.out ?? '', wishes.out)),
    ...(await haltProblems()),
    ...(mustered === null || mustered.ok ? [] : mustered.problems),
  ];
  if (plan !== null) problems.push(...(await roomProblems(plan.folder)));
  if (problems.length > 0 || !approach.ok || plan === null || !mustered?.ok) return { ok: false, problems };
  return { ok: true, value: { plan, approach: approach.value, muster: mustered.value, keep: wishes.keep ?? 20 } };
}

/** How long the players of a load take to join. */
export function joinMsOf(totalMs: number): number {
  return Math.min(joinMsMax, totalMs / 5);
}

function planOf(target: Target, wishes: LoadWishes): Plan {
  const startedAt = new Date();
  const seed = wishes.seed ?? freshSeed();
  const totalMs = wishes.for ?? loadMsDefault;
  const joinMs = joinMsOf(totalMs);
  const players = wishes.players ?? playersDefault;
  const url = `${target.origin}${target.basePath}`;
  return {
    runId: newRunId(startedAt),
    scenarioPath: url,
    scenario: scenarioSchema.parse({ title: `Load on ${url}`.slice(0, 200), crowd: { players }, expect: [] }),
    seed,
    folder: chooseFolder(wishes.out, `load-${target.host}`, seed, startedAt),
    joinMs,
    faults: [],
    settleMs: totalMs - joinMs,
    totalMs,
    guards: [],
    reproduce: reproduceLine(url, { ...wishes, players, for: totalMs, seed }),
  };
}

function reproduceLine(url: string, wishes: LoadWishes & { players: number; for: number; seed: number }): string {
  const { players, seed } = wishes;
  const play = ['--players', String(players), '--for', `${wishes.for / 1000}s`, '--seed', String(seed)];
  return [commandLine('load'), shellWord(url), ...play, ...approachWords(wishes)].join(' ');
}
