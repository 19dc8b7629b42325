import { type ProcessId, residentBytesOf, signal } from '../machine/process-table.ts';
import { availableMiB, type PodUse, podToEvict } from '../platforms/cluster-model/node-pressure.ts';
import type { Step, StepOutcome } from './fault.ts';
import type { PodControl, PodMemory } from './pod-control.ts';

export type Pods = { control: PodControl; memory: PodMemory };

type CrashStep = Extract<Step, { do: 'crash-pods' }>;
type StopStep = Extract<Step, { do: 'stop-pods' }>;
type EvictStep = Extract<Step, { do: 'evict-pod' }>;
type AwaitStep = Extract<Step, { do: 'await-replacements' }>;

export async function crashPods({ pods }: CrashStep, { control, memory }: Pods): Promise<StepOutcome> {
  memory.seen(pods);
  const killed = await Promise.allSettled(
    pods.map(async (pod) => {
      const process = await control.crash(pod);
      memory.killed(pod, process);
      return `SIGKILL to process ${process.pid} of ${pod}`;
    }),
  );
  const failures = killed.flatMap((result, index) =>
    result.status === 'rejected' ? [`${pods[index]}: ${String(result.reason?.message ?? result.reason)}`] : [],
  );
  if (failures.length > 0) return { kind: 'failed', why: failures.join('; ') };
  return { kind: 'done', evidence: killed.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : [])).join(', ') };
}

/** A pod that is not running has nothing to stop: it comes back as it would have anyway. */
export async function stopPods({ pods, graceMs }: StopStep, { control, memory }: Pods): Promise<StepOutcome> {
  memory.seen(pods);
  const ended = await Promise.all(
    control.pods().map(async ({ name, process }) => {
      if (process === null || !pods.includes(name)) return [];
      memory.killed(name, process);
      signal(process, 'SIGTERM');
      if (await isGone(process, control, graceMs)) return [`SIGTERM to process ${process.pid} of ${name}`];
      await control.crash(name);
      return [`SIGKILL to process ${process.pid} of ${name}, still there after its grace period of ${graceMs / 1000} s`];
    }),
  );
  const evidence = ended.flat();
  return evidence.length === 0
    ? { kind: 'failed', why: `none of ${pods.join(', ')} runs` }
    : { kind: 'done', evidence: evidence.join(', ') };
}

const bytesPerMiB = 1_048_576;

/** To look and find enough memory is a step that was done. */
export async function evictPod({ node, memory: limits, pods: names, requestMiB }: EvictStep, pods: Pods): Promise<StepOutcome> {
  const uses = names.flatMap((name) => useOf(name, requestMiB, pods));
  const left = `${Math.round(availableMiB(limits, uses))} MiB left of ${limits.capacityMiB} on ${node}`;
  const victim = podToEvict(limits, uses);
  if (victim === null) return { kind: 'done', evidence: left };
  pods.memory.seen([victim.name]);
  const process = await pods.control.crash(victim.name);
  pods.memory.killed(victim.name, process);
  const over = Math.round(victim.usedMiB - requestMiB);
  return {
    kind: 'done',
    evidence: `${left}: evicted ${victim.name}, process ${process.pid}, ${over} MiB over its request of ${requestMiB}`,
  };
}

function useOf(name: string, requestMiB: number, { control }: Pods): readonly PodUse[] {
  const process = control.pods().find((pod) => pod.name === name)?.process ?? null;
  const bytes = process === null ? null : residentBytesOf(process);
  return bytes === null ? [] : [{ name, usedMiB: bytes / bytesPerMiB, requestMiB, priority: 0 }];
}

/** `pods` null: the run is gone, and with it whoever could see a replacement. */
export async function awaitReplacements(step: AwaitStep, pods: Pods | null): Promise<StepOutcome> {
  if (pods === null) {
    if (step.seenBy !== undefined) return { kind: 'done', evidence: `${step.pods.join(', ')} were looked after by ${step.seenBy}` };
    if (step.owned) return { kind: 'done', evidence: `${step.pods.join(', ')} are removed with the run that started them` };
    return { kind: 'failed', why: `nobody is left to see ${step.pods.join(', ')} come back` };
  }
  const { control } = pods;
  const ready = await Promise.all(step.pods.map(async (pod) => control.awaitReady(pod, await victimOf(pod, pods), step.withinMs)));
  const missing = step.pods.filter((_pod, index) => ready[index] !== true);
  if (missing.length > 0)
    return { kind: 'failed', why: `${missing.join(', ')} not Ready in a new process within ${step.withinMs / 1000} s` };
  return { kind: 'done', evidence: `${step.pods.join(', ')} Ready in other processes than those killed` };
}

/** A SIGKILL takes effect within this. */
const dyingMs = 500;

/** The process that must have been replaced. One that lives on in spite of us needs no replacement: then there is nothing to undo. */
async function victimOf(pod: string, { control, memory }: Pods): Promise<ProcessId | null> {
  const victim = memory.lastKilled(pod);
  return victim !== null && (await isGone(victim, control, dyingMs)) ? victim : null;
}

async function isGone(process: ProcessId, control: PodControl, withinMs: number): Promise<boolean> {
  const giveUpAtMs = performance.now() + withinMs;
  while (control.isAlive(process) && performance.now() < giveUpAtMs) await new Promise((resolve) => setTimeout(resolve, 10));
  return !control.isAlive(process);
}
