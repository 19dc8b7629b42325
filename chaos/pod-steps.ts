import type { ProcessId } from '../machine/process-table.ts';
import type { Step, StepOutcome } from './fault.ts';
import type { PodControl, PodMemory } from './pod-control.ts';

export type Pods = { control: PodControl; memory: PodMemory };

type CrashStep = Extract<Step, { do: 'crash-pods' }>;
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
  const giveUpAtMs = performance.now() + dyingMs;
  while (victim !== null && control.isAlive(victim) && performance.now() < giveUpAtMs) {
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  return victim !== null && control.isAlive(victim) ? null : victim;
}
