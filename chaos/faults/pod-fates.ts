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

/** `gone`: how many of the processes that were there before; `replaced`: one is alive that was not there before. */
export type Fate = { gone: 'none' | 'some' | 'all'; replaced: boolean; text: string };

/**
 * Processes that were there before are gone from the process table, and another process of a struck pod is alive: the
 * second is the control, since a process table that cannot be read shows nothing alive at all.
 */
export function fatesOf(aim: Aim, before: Readings, after: Readings): readonly Fate[] {
  const earlier = processesIn(aim, before);
  const now = processesIn(aim, after);
  return struckPods(aim).map((pod) => fateOf(pod, earlier[pod] ?? [], now[pod] ?? []));
}

/** Every pod lost all its processes. */
export function allGone(fates: readonly Fate[]): Bite {
  return everyPod(fates, ({ gone }) => gone === 'all');
}

/** Every pod lost one of its processes at least; the others may live on. */
export function eachHit(fates: readonly Fate[]): Bite {
  return everyPod(fates, ({ gone }) => gone !== 'none');
}

/** One pod at least lost all its processes. */
export function someGone(fates: readonly Fate[]): Bite {
  return { proven: fates.some(({ gone, replaced }) => gone === 'all' && replaced), evidence: fates.map((fate) => fate.text) };
}

/** One replacement is control enough: at the end of a fault another pod may still wait out its back-off. */
function everyPod(fates: readonly Fate[], isStruck: (fate: Fate) => boolean): Bite {
  return {
    proven: fates.length > 0 && fates.every(isStruck) && fates.some((fate) => fate.replaced),
    evidence: fates.map((fate) => fate.text),
  };
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
  const victims = before.filter(({ alive }) => alive);
  const living = after.filter(({ alive }) => alive);
  if (victims.length === 0 || after.length === 0) return { gone: 'none', replaced: false, text: `${pod}: no process was seen` };
  const survivors = victims.filter((victim) => isAmong(living, victim));
  const gone = victims.filter((victim) => !isAmong(living, victim));
  const successors = living.filter((process) => !isAmong(victims, process));
  // Where nobody died a newcomer has taken nobody's place.
  const replaced = gone.length > 0 && successors.length > 0;
  const said = [
    ...says(gone, 'is gone from the process table', 'are gone from the process table'),
    ...(replaced
      ? says(
          successors.slice(0, gone.length),
          gone.length === 1 ? 'has taken its place' : 'has taken their place',
          'have taken their places',
        )
      : []),
    ...says(survivors, 'is still alive', 'are still alive'),
  ];
  return { gone: howMany(gone, survivors), replaced, text: `${pod}: ${said.join(', ')}` };
}

function howMany(gone: readonly SeenProcess[], survivors: readonly SeenProcess[]): Fate['gone'] {
  if (gone.length === 0) return 'none';
  return survivors.length === 0 ? 'all' : 'some';
}

function isAmong(processes: readonly SeenProcess[], { pid, startTicks }: SeenProcess): boolean {
  return processes.some((process) => process.pid === pid && process.startTicks === startTicks);
}

function says(processes: readonly SeenProcess[], one: string, several: string): readonly string[] {
  if (processes.length === 0) return [];
  const pids = processes.map(({ pid }) => pid).join(', ');
  return [processes.length === 1 ? `process ${pids} ${one}` : `processes ${pids} ${several}`];
}
