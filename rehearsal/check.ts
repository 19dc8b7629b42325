import type { Problem } from '../core/problem.ts';
import type { Result } from '../core/result.ts';
import { crowdProblems } from './check-crowd.ts';
import { joinedMs } from './crowd-of.ts';
import { syntheticCrowd } from './crowd-rows.ts';
import { faultRequests } from './plan.ts';
import { type CheckedScenario, scenarioSchema } from './scenario.ts';
import { problemsOf } from './zod-problems.ts';

/** A scenario with every default filled in, or every problem in it at once. `place` is the file's name. */
export function checkScenario(raw: unknown, place: string): Result<CheckedScenario> {
  const parsed = scenarioSchema.safeParse(raw);
  if (!parsed.success) {
    const { issues } = parsed.error;
    const misshapen = new Set(issues.map(({ path }) => String(path[0] ?? '')));
    return { ok: false, problems: [...issues.flatMap((issue) => problemsOf(issue, place)), ...meaningProblems(raw, misshapen, place)] };
  }
  const problems = meaningProblems(raw, new Set(), place);
  return problems.length > 0 ? { ok: false, problems } : { ok: true, value: withItsCrowd(parsed.data) };
}

/** A kind of crowd that brings its own mix brings it here, once for all who ask. */
function withItsCrowd(scenario: CheckedScenario): CheckedScenario {
  return scenario.crowd.kind === 'synthetic' ? { ...scenario, crowd: { ...scenario.crowd, ...syntheticCrowd } } : scenario;
}

/** What has the right shape and makes no sense, in parts that are not `misshapen`: whoever corrects one thing shall not meet the next. */
function meaningProblems(raw: unknown, misshapen: ReadonlySet<string>, place: string): readonly Problem[] {
  const parts = typeof raw === 'object' && raw !== null ? Object.entries(raw).filter(([part]) => !misshapen.has(part)) : [];
  const parsed = scenarioSchema.safeParse({ title: place, expect: [], ...Object.fromEntries(parts) });
  if (!parsed.success) return [];
  const checks = [
    { of: ['crowd'], check: (scenario: CheckedScenario) => crowdProblems(scenario.crowd) },
    { of: ['crowd'], check: () => mixProblems(raw) },
    { of: ['crowd', 'pods', 'timeline'], check: timelineProblems },
    { of: ['expect', 'timeline'], check: expectationProblems },
  ];
  const sound = checks.filter(({ of }) => !of.some((part) => misshapen.has(part)));
  return sound.flatMap(({ check }) => check(parsed.data).map((problem) => ({ ...problem, place: `${place}: ${problem.place}` })));
}

/** Asked of what somebody wrote: once defaults are filled in, nobody can tell. */
function mixProblems(raw: unknown): readonly Problem[] {
  const { crowd } = raw as { crowd?: { kind?: unknown; [row: string]: unknown } };
  if (crowd?.kind !== 'synthetic') return [];
  return Object.keys(syntheticCrowd)
    .filter((row) => crowd[row] !== undefined)
    .map((row) => ({
      place: `crowd.${row}`,
      problem: 'a synthetic crowd brings its own',
      remedy: "leave it out, or take kind: 'explorers'",
    }));
}

function timelineProblems(scenario: CheckedScenario): readonly Problem[] {
  const faults = faultRequests(scenario);
  const joinMs = joinedMs(scenario.crowd);
  return faults.flatMap((fault, index) => {
    const place = `timeline[${index}]`;
    const problems: Problem[] = [];
    const previous = faults[index - 1];
    if (faults.findIndex((other) => other.id === fault.id) !== index) {
      problems.push({ place: `${place}.id`, problem: `"${fault.id}" is taken`, remedy: 'give each fault an id of its own' });
    }
    if (previous !== undefined && fault.atMs < previous.atMs + previous.forMs) {
      problems.push({
        place: `${place}.at`,
        problem: `begins before ${previous.id} has ended`,
        remedy: `start it at ${(previous.atMs + previous.forMs) / 1000}s or later: overlapping faults cannot be told apart`,
      });
    }
    if (fault.atMs < joinMs) {
      problems.push({
        place: `${place}.at`,
        problem: 'begins while players still join',
        remedy: `start it after ${joinMs / 1000}s: crowd.join, or the time that crowd.arrivals takes`,
      });
    }
    if (fault.forMs === 0) problems.push({ place: `${place}.for`, problem: 'lasts no time', remedy: 'write for example 10s' });
    if (fault.kind === 'pod-kill' && fault.pods > scenario.pods) {
      problems.push({
        place: `${place}.fault.pods`,
        problem: `${fault.pods} of ${scenario.pods} pods`,
        remedy: `at most ${scenario.pods}`,
      });
    }
    return problems;
  });
}

/** An expectation on windows that this timeline cannot have would always be "no data": say so before, not after. */
function expectationProblems(scenario: CheckedScenario): readonly Problem[] {
  if (scenario.expect.length === 0) {
    return [
      {
        place: 'expect',
        problem: 'expects nothing',
        remedy: "name at least one thing, for example { share: 'useful', of: 'chain', atLeast: 0.99, in: 'run' }",
      },
    ];
  }
  if (scenario.timeline.length > 0) return [];
  return scenario.expect.flatMap((expectation, index) => {
    const where = 'recovery' in expectation ? 'after every fault' : expectation.in;
    const impossible = where === 'run' || (Array.isArray(where) && where.every((name) => name === 'before')) ? null : where;
    if (impossible === null) return [];
    return [
      {
        place: `expect[${index}]`,
        problem: `judges "${String(impossible)}", but the timeline has no fault`,
        remedy: "use in: 'run', or add a fault",
      },
    ];
  });
}
