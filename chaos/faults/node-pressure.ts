import type { Problem } from '../../core/problem.ts';
import { inputRows } from '../../platforms/cluster-model/inputs.ts';
import type { NodeMemory } from '../../platforms/cluster-model/node-pressure.ts';
import { type NodeRoom, nodeFor } from '../../platforms/cluster-model/scheduler.ts';
import type { Aim, Fault, FaultRequest, FaultTarget, Step } from '../fault.ts';
import { aimAtPods, awaitStruck, fatesOf, processesOnly, someGone, struckPods, variantProblems } from './pod-fates.ts';

/** The kubelet looks every 10 s; a rehearsal is shorter than a day. */
const everyMsDefault = 2_000;
const everyMsMin = 500;
const looksMax = 100;
const nodes = 2;
/**
 * What the reference service takes in a quiet minute, as somebody writes it into a manifest and nobody changes it. A rehearsal is too short
 * for its pods to outgrow the 256 MiB of the story's.
 */
const requestMiB = 128;

/**
 * The pods stand on two modelled nodes that are full by what they request, and use what they use: a kubelet evicts where that is too much.
 * Scheduling and eviction are the cluster model's, memory and kills are real.
 */
export const nodePressure: Fault = {
  kind: 'node-pressure',
  variants: ['evict'],
  description: 'SIGKILL as a kubelet evicts: two modelled nodes, full by requests, and what the pods really use; undone when all are Ready',
  permissions: ["read the pods' memory", "signal the pods' processes"],

  check(request, target) {
    return [
      ...variantProblems(request, nodePressure.variants),
      ...processesOnly(target, 'node-pressure'),
      ...podProblems(target),
      ...rhythmProblems(request),
    ];
  },

  aim(request, target) {
    return aimAtPods(request, target, planLooks(request, target.pods));
  },

  steps(aim) {
    const looks = stepsPerLook(struckPods(aim));
    return { apply: aim.strikes.map(() => looks), undo: [awaitStruck(aim)], secrets: { values: {}, logins: {} } };
  },

  /** Whom it hits is seen only then: one of them is enough. */
  judgeBite: (aim, before, after) => someGone(fatesOf(aim, before, after)),
};

function podProblems({ pods }: FaultTarget): readonly Problem[] {
  return pods.length > 0 ? [] : [{ place: 'pods', problem: 'there is no pod to evict', remedy: 'choose an environment with pods' }];
}

function rhythmProblems({ forMs, everyMs }: FaultRequest): readonly Problem[] {
  const problems: Problem[] = [];
  if (!(forMs > 0)) problems.push({ place: 'for', problem: 'lasts no time', remedy: 'write for example 10s' });
  if (everyMs === null) return problems;
  if (everyMs < everyMsMin) problems.push({ place: 'every', problem: `${everyMs} ms is too often`, remedy: `at least ${everyMsMin}ms` });
  else if (forMs / everyMs > looksMax) problems.push({ place: 'every', problem: 'looks too many times', remedy: `at most ${looksMax}` });
  return problems;
}

function planLooks({ forMs, everyMs }: FaultRequest, pods: readonly string[]): Aim['strikes'] {
  const strikes: { afterMs: number; pods: readonly string[] }[] = [];
  const stepMs = everyMs === null ? everyMsDefault : everyMs;
  for (let afterMs = 0; afterMs < forMs && strikes.length < looksMax; afterMs += stepMs) strikes.push({ afterMs, pods });
  return strikes;
}

/** The pods of each node, placed one after the other as the scheduler would, and what the node has for them. */
function stepsPerLook(pods: readonly string[]): readonly Step[] {
  const allocatableMiB = Math.ceil(pods.length / nodes) * requestMiB;
  let rooms: NodeRoom[] = [];
  for (let index = 1; index <= nodes; index++) rooms.push({ name: `node-${index}`, allocatableMiB, requestedMiB: 0 });
  const placed = new Map<string, string[]>();
  for (const pod of pods) {
    const name = nodeFor(requestMiB, rooms);
    if (name === null) continue;
    placed.set(name, [...(placed.get(name) ?? []), pod]);
    rooms = rooms.map((room) => (room.name === name ? { ...room, requestedMiB: room.requestedMiB + requestMiB } : room));
  }
  const evictBelowMiB = inputRows.evictBelowMiB.value;
  const memory: NodeMemory = { capacityMiB: allocatableMiB + evictBelowMiB, systemUsedMiB: 0, evictBelowMiB };
  return [...placed].map(([node, there]): Step => ({ do: 'evict-pod', node, memory, pods: there, requestMiB }));
}
