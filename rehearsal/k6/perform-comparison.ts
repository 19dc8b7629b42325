import { basename, join } from 'node:path';
import { writeMs } from '../../core/duration.ts';
import type { Problem } from '../../core/problem.ts';
import type { Result } from '../../core/result.ts';
import { quantile } from '../../simulator/measure/histogram.ts';
import { sumOfSlices } from '../../simulator/measure/stretch.ts';
import { exitCodes } from '../exit-code.ts';
import { freshSeed } from '../identity.ts';
import { type Played, playThrough } from '../perform.ts';
import { plannedMs } from '../plan.ts';
import { type Prepared, prepare, type Wishes } from '../prepare.ts';
import { chooseFolder } from '../run-folder.ts';
import type { Voice } from '../voice.ts';
import { type Agreement, agreementOf } from './agreement.ts';
import { crewBehindFront } from './front.ts';
import { k6Line } from './reproduce.ts';
import { withK6 } from './with-k6.ts';

export type PreparedComparison = { own: Prepared; k6: Prepared; reproduce: string };

type Player = { runId: string; folder: string; lagUsP99: number | null; dropped: number };

/** `--json` of the command. `fromMs` to `toMs` of play is what is compared. */
export type Comparison = Agreement & {
  format: 'launchstorm.k6-comparison/1';
  scenario: string;
  title: string;
  seed: number;
  players: number;
  target: string;
  fromMs: number;
  toMs: number;
  engines: { own: Player; k6: Player };
  notes: readonly string[];
  reproduce: string;
  exitCode: number;
};

/** k6 gives up what is under way when play ends, we wait for it: what begins so shortly before the end is left out on both sides. */
const tailMs = 3000;
const comparedMsMin = 5000;

/**
 * The same players twice, without faults: by us, then by k6. A target is the same both times; an environment is started anew for each, so
 * that nobody finds the caches that the other has filled. Every problem at once, nothing started.
 */
export async function prepareComparison(scenarioName: string, wishes: Wishes): Promise<Result<PreparedComparison>> {
  const { for: lengthMs, ...place } = wishes;
  const seed = wishes.seed ?? freshSeed();
  const prepared = await prepare(scenarioName, { ...place, seed, faultless: true });
  if (!prepared.ok) return prepared;
  const again = await prepare(scenarioName, { ...place, seed, faultless: true });
  if (!again.ok) return again;
  const { plan } = prepared.value;
  const totalMs = lengthMs ?? plannedMs(plan.scenario);
  const reproduce = k6Line(plan.scenarioPath, seed, { ...wishes, compare: true });
  const played = (each: Prepared, by: 'own' | 'k6') => inItsFolder(each, { by, totalMs, reproduce, out: wishes.out });
  const own = played(prepared.value, 'own');
  const k6 = await withK6(played(again.value, 'k6'));
  const problems = [...(k6.ok ? [] : k6.problems), ...lengthProblems(totalMs, plan.joinMs)];
  if (!k6.ok || problems.length > 0) return { ok: false, problems };
  const ownCrew = own.approach === null ? { engine: () => crewBehindFront(own) } : {};
  return {
    ok: true,
    value: { own: { ...own, ...ownCrew }, k6: { ...k6.value, plan: { ...k6.value.plan, reproduce } }, reproduce },
  };
}

type Wanted = { by: 'own' | 'k6'; totalMs: number; reproduce: string; out: string | undefined };

function inItsFolder(prepared: Prepared, { by, totalMs, reproduce, out }: Wanted): Prepared {
  const { plan } = prepared;
  const name = `${basename(plan.scenarioPath).replace(/\.\w+$/, '')}-${by}`;
  const folder = out === undefined ? chooseFolder(undefined, name, plan.seed, new Date()) : join(plan.folder, by);
  const scenario = { ...plan.scenario, expect: [] };
  const environment = prepared.environment === null ? null : { ...prepared.environment, folder };
  return { ...prepared, environment, plan: { ...plan, scenario, folder, reproduce, totalMs, settleMs: totalMs - plan.joinMs } };
}

function lengthProblems(totalMs: number, joinMs: number): readonly Problem[] {
  const neededMs = joinMs + comparedMsMin + tailMs;
  if (totalMs >= neededMs) return [];
  const problem = `${totalMs / 1000}s leaves too little to compare: players join for ${joinMs / 1000}s`;
  return [{ place: '--for', problem, remedy: `at least ${Math.ceil(neededMs / 1000)}s` }];
}

/** Ours first, then k6's. A number where one of the two came to no end of its own: the exit code of that. */
export async function performComparison({ own, k6, reproduce }: PreparedComparison, voice: Voice): Promise<Comparison | number> {
  const ours = await playOne(own, 'our own players', voice);
  if (typeof ours === 'number') return ours;
  const theirs = await playOne(k6, 'the same players in k6', voice);
  if (typeof theirs === 'number') return theirs;
  const [fromMs, toMs] = sharedStretch(ours, theirs);
  const stretch = ({ record }: Played) => sumOfSlices(record.slices, fromMs, toMs);
  const agreement = agreementOf(stretch(ours), stretch(theirs));
  const engines = { own: playerOf(ours, own), k6: playerOf(theirs, k6) };
  const { scenarioPath: scenario, seed } = own.plan;
  return {
    format: 'launchstorm.k6-comparison/1',
    ...{ scenario, title: own.plan.scenario.title, seed, players: own.plan.scenario.crowd.players, target: targetOf(own) },
    ...{ fromMs, toMs, ...agreement, engines, notes: notesOn(engines), reproduce },
    exitCode: { agreed: exitCodes.held, apart: exitCodes.broken, 'no-data': exitCodes.inconclusive }[agreement.status],
  };
}

async function playOne(prepared: Prepared, who: string, voice: Voice): Promise<Played | number> {
  if (!voice.quiet) voice.people.write(`\n${who}:\n`);
  const played = await playThrough(prepared, voice, { kind: 'load' });
  if (played === null) return exitCodes.usage;
  const { verdict, exitCode } = played.report;
  const isWhole = verdict.status === 'held' || verdict.status === 'broken' || verdict.status === 'inconclusive';
  if (isWhole && verdict.cleanup === 'nothing') return played;
  voice.people.write(`${who} did not play to the end: ${verdict.because.join('; ')}\n`);
  return exitCode;
}

/** Whole seconds in which everybody had joined in both, and neither was about to end. */
function sharedStretch(...both: readonly Played[]): readonly [number, number] {
  const fromMs = Math.max(...both.map(({ record }) => Math.ceil(record.joinedAtMs / 1000) * 1000));
  const toMs = Math.min(...both.map(({ record }) => Math.floor((record.durationMs - tailMs) / 1000) * 1000));
  return [fromMs, Math.max(fromMs, toMs)];
}

function playerOf({ record, report }: Played, { plan }: Prepared): Player {
  const lagUs = record.generator?.lagUs;
  return {
    runId: plan.runId,
    folder: plan.folder,
    lagUsP99: lagUs === undefined ? null : quantile(lagUs, 0.99),
    dropped: report.generator.dropped,
  };
}

/** What each engine needs for itself is in every latency from the intended start. */
function notesOn({ own, k6 }: Comparison['engines']): readonly string[] {
  const lags = [own, k6].map(({ lagUsP99 }) => (lagUsP99 === null ? 'unknown' : writeMs(lagUsP99 / 1000)));
  const dropped = own.dropped + k6.dropped;
  return [
    `p99 of how late actions began: own ${lags[0]}, k6 ${lags[1]}`,
    ...(dropped > 0 ? [`dropped, because they would have begun too late: own ${own.dropped}, k6 ${k6.dropped}`] : []),
  ];
}

function targetOf({ approach, environment }: Prepared): string {
  if (approach !== null) return approach.target.origin + approach.target.basePath;
  return `environment ${environment?.name ?? 'unknown'} on local, started anew for each`;
}
