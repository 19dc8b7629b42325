import type { Problem } from '../../core/problem.ts';
import { type RollState, type RollStrategy, rollStep } from '../../platforms/cluster-model/roll-out.ts';
import type { Aim, Fault, FaultRequest, FaultTarget, Step } from '../fault.ts';
import { aimAtPods, allGone, awaitStruck, fatesOf, processesOnly, variantProblems } from './pod-fates.ts';

/** How long the roll waits at least before it goes on, where nobody says; it waits for the pods' readiness in any case. */
const everyMsDefault = 2_000;
/** A pod has so long to end by itself. */
const graceMs = 2_000;
/** Between two steps; a pod that is not Ready by then ends the roll. */
const readyWithinMs = 30_000;

/** No surge: a pod and its successor are the same place on this machine. */
const strategies: { readonly [variant: string]: RollStrategy } = {
  'all-at-once': { maxSurge: 0, maxUnavailable: '100%' },
  'one-by-one': { maxSurge: 0, maxUnavailable: 1 },
};

/** Every pod is stopped and comes back, in the steps that a Deployment's controller would take. */
export const roll: Fault = {
  kind: 'roll',
  variants: Object.keys(strategies),
  description: 'a rolling restart, each step decided as by a Deployment; undone when every pod is Ready again',
  permissions: ["signal the pods' processes"],

  check(request, target) {
    return [
      ...variantProblems(request, roll.variants),
      ...processesOnly(target, 'roll'),
      ...podProblems(target),
      ...lengthProblems(request, target),
    ];
  },

  aim(request, target) {
    return aimAtPods(request, target, planSteps(request, target.pods));
  },

  steps(aim) {
    return {
      apply: aim.strikes.map(({ pods }, index) => [...awaitStep(aim, index), { do: 'stop-pods', pods, graceMs }]),
      undo: [awaitStruck(aim)],
      secrets: { values: {}, logins: {} },
    };
  },

  judgeBite: (aim, before, after) => allGone(fatesOf(aim, before, after)),
};

/** The next ones only when those before them serve again. */
function awaitStep(aim: Aim, index: number): readonly Step[] {
  const previous = aim.strikes[index - 1];
  if (previous === undefined) return [];
  return [{ do: 'await-replacements', pods: previous.pods, withinMs: readyWithinMs, owned: aim.podsOwned }];
}

function podProblems({ pods }: FaultTarget): readonly Problem[] {
  return pods.length > 0 ? [] : [{ place: 'pods', problem: 'there is no pod to roll', remedy: 'choose an environment with pods' }];
}

function lengthProblems(request: FaultRequest, { pods }: FaultTarget): readonly Problem[] {
  if (!(request.forMs > 0)) return [{ place: 'for', problem: 'lasts no time', remedy: 'write for example 10s' }];
  const last = planSteps(request, pods).pop();
  if (last === undefined || last.afterMs < request.forMs) return [];
  return [{ place: 'for', problem: 'the roll takes longer', remedy: `at least ${(last.afterMs + everyMsOf(request)) / 1000}s` }];
}

/** The passes of the controller, as if what was stopped were available again by the next one. */
function planSteps(request: FaultRequest, pods: readonly string[]): { afterMs: number; pods: readonly string[] }[] {
  const strategy = strategies[request.variant];
  const strikes: { afterMs: number; pods: readonly string[] }[] = [];
  if (strategy === undefined) return strikes;
  for (let stopped = 0; stopped < pods.length; ) {
    const old = pods.length - stopped;
    const state: RollState = { desired: pods.length, oldPods: old, oldAvailable: old, newPods: stopped, newAvailable: stopped };
    const count = rollStep(state, strategy).stopOld;
    if (count === 0) break;
    strikes.push({ afterMs: strikes.length * everyMsOf(request), pods: pods.slice(stopped, stopped + count) });
    stopped += count;
  }
  return strikes;
}

function everyMsOf({ everyMs }: FaultRequest): number {
  return everyMs === null ? everyMsDefault : everyMs;
}
