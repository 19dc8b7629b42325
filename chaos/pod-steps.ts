import type { Step, StepOutcome } from './fault.ts';
import type { PodControl, PodMemory } from './pod-control.ts';

export type Pods = { control: PodControl; memory: PodMemory };

export async function crashPods({ pods }: Extract<Step, { do: 'crash-pods' }>, { control, memory }: Pods): Promise<StepOutcome> {
  memory.seen(pods);
  const killed = await Promise.allSettled(
    pods.map(async (pod) => {
      const process = await control.crash(pod);
      memory.killed(pod, process);
      return `SIGKILL to process ${process.pid} of ${pod}`;
    }),
  );
  const failures = killed.flatMap((result, index) => (result.status === 'rejected' ? [`${pods[index]}: ${String(result.reason?.message ?? result.reason)}`] : []));
  if (failures.length > 0) return { kind: 'failed', why: failures.join('; ') };
  return { kind: 'done', evidence: killed.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : [])).join(', ') };
}

/** `pods` null: the run is gone, and with it whoever could see a replacement. */
export async function awaitReplacements(step: Extract<Step, { do: 'await-replacements' }>, pods: Pods | null): Promise<StepOutcome> {
  if (pods === null) {
    if (step.owned) return { kind: 'done', evidence: `${step.pods.join(', ')} are removed with the run that started them` };
    return { kind: 'failed', why: `nobody is left to see ${step.pods.join(', ')} come back` };
  }
  const { control, memory } = pods;
  const ready = await Promise.all(step.pods.map((pod) => control.awaitReady(pod, memory.lastKilled(pod), step.withinMs)));
  const missing = step.pods.filter((_pod, index) => ready[index] !== true);
  if (missing.length > 0) return { kind: 'failed', why: `${missing.join(', ')} not Ready in a new process within ${step.withinMs / 1000} s` };
  return { kind: 'done', evidence: `${step.pods.join(', ')} Ready in other processes than those killed` };
}
