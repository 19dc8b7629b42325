import type { Course, Second } from './course.ts';
import { allocatableMiB, podSizes } from './inputs.ts';

/** What the story says of its cluster, read from a course. Null where the course does not show it. */
export type CourseFigures = {
  /** Restarts (containers over their limit, evicted pods, kernel kills) in the ten minutes before the roll, per pod. */
  readonly restartShareBefore: number;
  /** The same in the ten minutes after the roll; the roll's own replacements are not among them. */
  readonly restartShareAfter: number | null;
  readonly evictedAfter: number;
  /** By how much the limits of the pods that fill a node exceed what it can allocate, per pod. */
  readonly overcommitMiBPerPod: number;
  readonly nodesAdded: number;
  /** From the beginning of the roll until the last of them was Ready; null: none. */
  readonly nodesAddedWithinS: number | null;
  /** The longest time without any ready pod. */
  readonly secondsWithoutReadyPod: number;
  readonly readyMin: number;
};

export function figuresOf(course: Course): CourseFigures {
  const { inputs, rollAtS, rolledAtS, seconds } = course;
  const before = seconds.filter(({ atS }) => atS < rollAtS);
  const after = rolledAtS === null ? null : seconds.filter(({ atS }) => atS > rolledAtS);
  const growth = seconds.filter(({ atS, nodesAdded }) => atS >= rollAtS && nodesAdded > 0);
  const lastGrowth = growth[growth.length - 1];
  return {
    restartShareBefore: restartsIn(before) / inputs.pods,
    restartShareAfter: after === null ? null : restartsIn(after) / inputs.pods,
    evictedAfter: after === null ? 0 : after.reduce((sum, { evicted }) => sum + evicted, 0),
    overcommitMiBPerPod: overcommitMiBPerPod(course),
    nodesAdded: growth.reduce((sum, { nodesAdded }) => sum + nodesAdded, 0),
    nodesAddedWithinS: lastGrowth === undefined ? null : lastGrowth.atS - rollAtS,
    secondsWithoutReadyPod: longestRun(seconds, ({ ready }) => ready === 0),
    readyMin: Math.min(...seconds.map(({ ready }) => ready)),
  };
}

function restartsIn(seconds: readonly Second[]): number {
  return seconds.reduce((sum, { outOfMemory, evicted, kernelKilled }) => sum + outOfMemory + evicted + kernelKilled, 0);
}

/** A node that is full by requests. */
function overcommitMiBPerPod({ inputs, change }: Course): number {
  const { after } = podSizes(inputs, change);
  const podsPerNode = Math.floor(allocatableMiB(inputs) / after.requestMiB);
  return podsPerNode === 0 ? 0 : after.limitMiB - allocatableMiB(inputs) / podsPerNode;
}

function longestRun(seconds: readonly Second[], holds: (second: Second) => boolean): number {
  let longest = 0;
  let current = 0;
  for (const second of seconds) {
    current = holds(second) ? current + 1 : 0;
    longest = Math.max(longest, current);
  }
  return longest;
}
