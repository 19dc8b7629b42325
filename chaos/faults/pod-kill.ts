import type { Problem } from '../../core/problem.ts';
import { below, type Random } from '../../core/random.ts';
import type { Fault, FaultRequest, FaultTarget, Strike } from '../fault.ts';
import { aimAtPods, allGone, eachHit, fatesOf, undoStruck, variantProblems } from './pod-fates.ts';

/** A pod that is struck faster than this never serves in between: that is an outage, not a crash. */
const everyMsMin = 500;
const strikesMax = 1000;

/** A multiple of every number of processes that a pod may have, up to sixteen: each of them is then as likely as the others. */
const lots = 720_720;

/**
 * SIGKILL: no goodbye to clients, the restart policy brings back what died. `crash`: one process of the pod, as by an out-of-memory kill or
 * a segmentation fault; another process of the same pod lives on. `whole-pod`: all of them at once, as the loss of a pod's sandbox or node.
 */
export const podKill: Fault = {
  kind: 'pod-kill',
  variants: ['crash', 'whole-pod'],
  description: 'SIGKILL in pods chosen by the seed: of one process each, or of the whole pod; undone when every replacement is Ready',
  permissions: ["signal the pods' processes"],

  check(request, target) {
    return [...variantProblems(request, podKill.variants), ...podProblems(request, target), ...rhythmProblems(request)];
  },

  aim(request, target, random) {
    const strikes = planStrikes(request, target.pods, random);
    return aimAtPods(request, target, request.variant === 'crash' ? withLots(strikes, random) : strikes);
  },

  steps(aim) {
    return {
      apply: aim.strikes.map(({ pods, lot }) => [{ do: 'crash-pods', pods, ...(lot === undefined ? {} : { lot }) }]),
      undo: undoStruck(aim),
      secrets: { values: {}, logins: {} },
    };
  },

  judgeBite(aim, before, after) {
    const fates = fatesOf(aim, before, after);
    return aim.variant === 'crash' ? eachHit(fates) : allGone(fates);
  },
};

function podProblems({ pods }: FaultRequest, target: FaultTarget): readonly Problem[] {
  if (target.pods.length === 0) return [{ place: 'pods', problem: 'there is no pod to kill', remedy: 'choose an environment with pods' }];
  if (pods >= 1 && pods <= target.pods.length) return [];
  return [{ place: 'pods', problem: `${pods} of ${target.pods.length} pods cannot be killed`, remedy: `1 to ${target.pods.length}` }];
}

function rhythmProblems({ forMs, everyMs }: FaultRequest): readonly Problem[] {
  const problems: Problem[] = [];
  if (!(forMs > 0)) problems.push({ place: 'for', problem: 'lasts no time', remedy: 'write for example 10s' });
  if (everyMs === null) return problems;
  if (everyMs < everyMsMin) problems.push({ place: 'every', problem: `${everyMs} ms is too often`, remedy: `at least ${everyMsMin}ms` });
  else if (forMs / everyMs > strikesMax)
    problems.push({ place: 'every', problem: 'strikes too many times', remedy: `at most ${strikesMax}` });
  return problems;
}

/** Drawn when all pods have been chosen, so that one seed strikes the same pods whatever is killed in them. */
function withLots(strikes: readonly Strike[], random: Random): readonly Strike[] {
  return strikes.map((strike) => ({ ...strike, lot: below(random, lots) }));
}

function planStrikes(request: FaultRequest, pods: readonly string[], random: Random): readonly Strike[] {
  const strikes: Strike[] = [];
  const everyMs = request.everyMs === null ? request.forMs : request.everyMs;
  let previous: readonly string[] = [];
  for (let afterMs = 0; afterMs < request.forMs && strikes.length < strikesMax; afterMs += everyMs) {
    previous = choose(request.pods, pods, previous, random);
    strikes.push({ afterMs, pods: previous });
  }
  return strikes;
}

/** Pods that the previous strike spared come first: hitting the same one again would only stretch its back-off. */
function choose(count: number, pods: readonly string[], previous: readonly string[], random: Random): readonly string[] {
  const spared = shuffled(
    pods.filter((pod) => !previous.includes(pod)),
    random,
  );
  const others = shuffled(
    pods.filter((pod) => previous.includes(pod)),
    random,
  );
  return [...spared, ...others].slice(0, count);
}

/** Fisher and Yates, as in Knuth, The Art of Computer Programming, volume 2, algorithm P. */
function shuffled(list: readonly string[], random: Random): readonly string[] {
  const copy = [...list];
  for (let last = copy.length - 1; last > 0; last--) {
    const other = below(random, last + 1);
    [copy[last], copy[other]] = [copy[other] as string, copy[last] as string];
  }
  return copy;
}
