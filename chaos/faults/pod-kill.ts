import type { Problem } from '../../core/problem.ts';
import { below, type Random } from '../../core/random.ts';
import {
  type Aim,
  type Bite,
  type Fault,
  type FaultRequest,
  type FaultTarget,
  type Read,
  type Readings,
  readKey,
  type Step,
} from '../fault.ts';

/** A pod that is struck faster than this never serves in between: that is an outage, not a crash. */
const everyMsMin = 500;
const strikesMax = 1000;
/** Longest wait for one pod's replacement: a start plus the scaled back-off of a pod that was struck several times. */
const replacedWithinMs = 30_000;

/** SIGKILL, as an out-of-memory kill or a segmentation fault would: no goodbye to clients, the restart policy brings the pod back. */
export const podKill: Fault = {
  kind: 'pod-kill',
  variants: ['crash'],
  description: 'SIGKILL of pods chosen by the seed; undone when every replacement is Ready',
  permissions: ["signal the pods' processes"],

  check(request, target) {
    return [...variantProblems(request), ...podProblems(request, target), ...rhythmProblems(request)];
  },

  aim(request, target, random) {
    const strikes = planStrikes(request, target.pods, random);
    const struck = target.pods.filter((pod) => strikes.some((strike) => strike.pods.includes(pod)));
    return {
      faultId: request.id,
      runId: target.runId,
      kind: 'pod-kill',
      variant: request.variant,
      target: struck.join(', '),
      targetKeys: struck.map((pod) => keyOf(pod, target)),
      strikes,
      podsOwned: target.podsOwned,
      cache: null,
      ...(target.containers ? { containers: target.containers } : {}),
      readBefore: [],
      probes: [{ read: 'pod-processes', pods: struck }],
    };
  },

  steps(aim) {
    return {
      apply: aim.strikes.map((strike) => [{ do: 'crash-pods', pods: strike.pods }]),
      undo: undoSteps(aim),
      secrets: { values: {}, logins: {} },
    };
  },

  /**
   * The processes that were there before are gone from the process table, and another process of a struck pod is alive: the
   * second is the control, since a process table that cannot be read shows nothing alive at all.
   */
  judgeBite(aim, before, after): Bite {
    const earlier = processesIn(aim, before);
    const now = processesIn(aim, after);
    const fates = struckPods(aim).map((pod) => fateOf(pod, earlier[pod] ?? [], now[pod] ?? []));
    return {
      proven: fates.length > 0 && fates.every((fate) => fate.gone) && fates.some((fate) => fate.replaced),
      evidence: fates.map((fate) => fate.text),
    };
  },
};

/** Two runs must not break the same pod: a container has the same id for everybody. */
function keyOf(pod: string, { podsOwned, runId, containers }: FaultTarget): string {
  const id = containers?.ids[pod];
  if (id !== undefined) return `container ${id.slice(0, 12)} (${pod})`;
  return podsOwned ? `pod ${pod} of run ${runId}` : `pod ${pod}`;
}

/** The restart policy brings containers back, as it does processes; those that stay down for whatever reason are started. */
function undoSteps(aim: Aim): readonly Step[] {
  const pods = struckPods(aim);
  const { containers, podsOwned: owned } = aim;
  const replaced = { do: 'await-replacements', pods, withinMs: replacedWithinMs, owned } as const;
  if (!containers) return [replaced];
  const ids: { [pod: string]: string } = {};
  for (const pod of pods) ids[pod] = containers.ids[pod] as string;
  return [
    { do: 'start-containers', containers: { ...containers, ids }, withinMs: replacedWithinMs, owned },
    { ...replaced, seenBy: 'start-containers' },
  ];
}

function variantProblems({ variant }: FaultRequest): readonly Problem[] {
  if (podKill.variants.includes(variant)) return [];
  return [{ place: 'variant', problem: `"${variant}" is no variant of pod-kill`, remedy: `choose from: ${podKill.variants.join(', ')}` }];
}

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

function planStrikes(request: FaultRequest, pods: readonly string[], random: Random): Aim['strikes'] {
  const strikes: { afterMs: number; pods: readonly string[] }[] = [];
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

function struckPods(aim: Aim): readonly string[] {
  const names: string[] = [];
  for (const strike of aim.strikes) for (const pod of strike.pods) if (!names.includes(pod)) names.push(pod);
  return names;
}

type SeenProcess = { pid: number; startTicks: number; alive: boolean };

function processesIn(aim: Aim, readings: Readings): { [pod: string]: readonly SeenProcess[] } {
  const text = readings[readKey(aim.probes[0] as Read)];
  return typeof text === 'string' ? JSON.parse(text) : {};
}

function fateOf(
  pod: string,
  before: readonly SeenProcess[],
  after: readonly SeenProcess[],
): { gone: boolean; replaced: boolean; text: string } {
  const victims = before.filter((process) => process.alive);
  const isVictim = (process: SeenProcess) =>
    victims.some(({ pid, startTicks }) => pid === process.pid && startTicks === process.startTicks);
  const survivor = after.find((process) => process.alive && isVictim(process));
  const successor = after.find((process) => process.alive && !isVictim(process));
  if (victims.length === 0 || after.length === 0) return { gone: false, replaced: false, text: `${pod}: no process was seen` };
  if (survivor !== undefined) return { gone: false, replaced: false, text: `${pod}: process ${survivor.pid} is still alive` };
  const gone = `${pod}: process ${victims.map((victim) => victim.pid).join(', ')} is gone from the process table`;
  return {
    gone: true,
    replaced: successor !== undefined,
    text: successor === undefined ? gone : `${gone}, process ${successor.pid} has taken its place`,
  };
}
