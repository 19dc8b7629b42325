import type { Problem } from '../../core/problem.ts';
import { type Aim, type Bite, type FaultRequest, type FaultTarget, type Read, type Readings, readKey, type Step } from '../fault.ts';

/** What faults have in common that end processes of pods: whom they are aimed at, how they are undone, how one sees that they bit. */

/** Longest wait for one pod's replacement: a start plus the scaled back-off of a pod that was struck several times. */
const replacedWithinMs = 30_000;

export function aimAtPods(request: FaultRequest, target: FaultTarget, strikes: Aim['strikes']): Aim {
  const struck = target.pods.filter((pod) => strikes.some((strike) => strike.pods.includes(pod)));
  return {
    faultId: request.id,
    runId: target.runId,
    kind: request.kind,
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
}

export function awaitStruck(aim: Aim): Step {
  return { do: 'await-replacements', pods: struckPods(aim), withinMs: replacedWithinMs, owned: aim.podsOwned };
}

/** The restart policy brings containers back, as it does processes; those that stay down for whatever reason are started. */
export function undoStruck(aim: Aim): readonly Step[] {
  const replaced = awaitStruck(aim);
  const { containers, podsOwned: owned } = aim;
  if (!containers || replaced.do !== 'await-replacements') return [replaced];
  const ids: { [pod: string]: string } = {};
  for (const pod of struckPods(aim)) ids[pod] = containers.ids[pod] as string;
  return [
    { do: 'start-containers', containers: { ...containers, ids }, withinMs: replacedWithinMs, owned },
    { ...replaced, seenBy: 'start-containers' },
  ];
}

/** Two runs must not break the same pod: a container has the same id for everybody. */
function keyOf(pod: string, { podsOwned, runId, containers }: FaultTarget): string {
  const id = containers?.ids[pod];
  if (id !== undefined) return `container ${id.slice(0, 12)} (${pod})`;
  return podsOwned ? `pod ${pod} of run ${runId}` : `pod ${pod}`;
}

/** Faults that stop processes one by one have no way to do so in containers yet. */
export function processesOnly({ containers }: FaultTarget, kind: string): readonly Problem[] {
  if (!containers) return [];
  return [{ place: 'kind', problem: `${kind} cannot be done to containers yet`, remedy: 'use --platform local, or pod-kill' }];
}

export function variantProblems({ variant, kind }: FaultRequest, variants: readonly string[]): readonly Problem[] {
  if (variants.includes(variant)) return [];
  return [{ place: 'variant', problem: `"${variant}" is no variant of ${kind}`, remedy: `choose from: ${variants.join(', ')}` }];
}

export type Fate = { gone: boolean; replaced: boolean; text: string };

/**
 * The processes that were there before are gone from the process table, and another process of a struck pod is alive: the
 * second is the control, since a process table that cannot be read shows nothing alive at all.
 */
export function fatesOf(aim: Aim, before: Readings, after: Readings): readonly Fate[] {
  const earlier = processesIn(aim, before);
  const now = processesIn(aim, after);
  return struckPods(aim).map((pod) => fateOf(pod, earlier[pod] ?? [], now[pod] ?? []));
}

export function allGone(fates: readonly Fate[]): Bite {
  return {
    proven: fates.length > 0 && fates.every((fate) => fate.gone) && fates.some((fate) => fate.replaced),
    evidence: fates.map((fate) => fate.text),
  };
}

export function someGone(fates: readonly Fate[]): Bite {
  return { proven: fates.some((fate) => fate.gone && fate.replaced), evidence: fates.map((fate) => fate.text) };
}

export function struckPods(aim: Aim): readonly string[] {
  const names: string[] = [];
  for (const strike of aim.strikes) for (const pod of strike.pods) if (!names.includes(pod)) names.push(pod);
  return names;
}

type SeenProcess = { pid: number; startTicks: number; alive: boolean };

function processesIn(aim: Aim, readings: Readings): { [pod: string]: readonly SeenProcess[] } {
  const text = readings[readKey(aim.probes[0] as Read)];
  return typeof text === 'string' ? JSON.parse(text) : {};
}

function fateOf(pod: string, before: readonly SeenProcess[], after: readonly SeenProcess[]): Fate {
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
