import { type ProcessId, residentBytesOf, signal } from '../machine/process-table.ts';
import { availableMiB, type PodUse, podToEvict } from '../platforms/cluster-model/node-pressure.ts';
import type { Step, StepOutcome } from './fault.ts';
import type { PodControl, PodMemory } from './pod-control.ts';

export type Pods = { control: PodControl; memory: PodMemory };

type CrashStep = Extract<Step, { do: 'crash-pods' }>;
type StopStep = Extract<Step, { do: 'stop-pods' }>;
type EvictStep = Extract<Step, { do: 'evict-pod' }>;
type AwaitStep = Extract<Step, { do: 'await-replacements' }>;

export async function crashPods({ pods: names, lot }: CrashStep, pods: Pods): Promise<StepOutcome> {
  pods.memory.seen(names);
  const killed = await Promise.allSettled(
    names.map(
      async (pod) => `SIGKILL to ${namesOf(await (lot === undefined ? crashWhole(pod, pods) : crashOne(pod, lot, pods)))} of ${pod}`,
    ),
  );
  const failures = killed.flatMap((result, index) =>
    result.status === 'rejected' ? [`${names[index]}: ${String(result.reason?.message ?? result.reason)}`] : [],
  );
  if (failures.length > 0) return { kind: 'failed', why: failures.join('; ') };
  return { kind: 'done', evidence: killed.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : [])).join(', ') };
}

async function crashOne(pod: string, lot: number, { control, memory }: Pods): Promise<readonly ProcessId[]> {
  const victims = [await control.crash(pod, lot)];
  memory.killed(pod, victims);
  return victims;
}

/** The platform names the front one; whatever else ran in the pod went with it. */
async function crashWhole(pod: string, { control, memory }: Pods): Promise<readonly ProcessId[]> {
  const there = processesOf(pod, control);
  const front = await control.crash(pod);
  const victims = [front, ...there.filter(({ pid, startTicks }) => pid !== front.pid || startTicks !== front.startTicks)];
  memory.killed(pod, victims);
  return victims;
}

function processesOf(pod: string, control: PodControl): readonly ProcessId[] {
  return control.pods().find(({ name }) => name === pod)?.processes ?? [];
}

function namesOf(processes: readonly ProcessId[]): string {
  return `${processes.length === 1 ? 'process' : 'processes'} ${processes.map(({ pid }) => pid).join(', ')}`;
}

/** All processes of a pod. One that is not running has nothing to stop: it comes back as it would have anyway. */
export async function stopPods({ pods, graceMs }: StopStep, { control, memory }: Pods): Promise<StepOutcome> {
  memory.seen(pods);
  const evidence = await Promise.all(
    pods.flatMap((pod) => {
      const victims = processesOf(pod, control);
      memory.killed(pod, victims);
      return victims.map((process) => stopProcess(process, { pod, control, graceMs }));
    }),
  );
  return evidence.length === 0
    ? { kind: 'failed', why: `none of ${pods.join(', ')} runs` }
    : { kind: 'done', evidence: evidence.join(', ') };
}

/** Only what is still there is killed: another process of the pod that left in time may have its successor by now. */
async function stopProcess(process: ProcessId, { pod, control, graceMs }: { pod: string; control: PodControl; graceMs: number }) {
  signal(process, 'SIGTERM');
  if (await isGone(process, control, graceMs)) return `SIGTERM to process ${process.pid} of ${pod}`;
  signal(process, 'SIGKILL');
  await isGone(process, control, dyingMs);
  return `SIGKILL to process ${process.pid} of ${pod}, still there after its grace period of ${graceMs / 1000} s`;
}

const bytesPerMiB = 1_048_576;

/** To look and find enough memory is a step that was done. */
export async function evictPod({ node, memory: limits, pods: names, requestMiB }: EvictStep, pods: Pods): Promise<StepOutcome> {
  const uses = names.flatMap((name) => useOf(name, requestMiB, pods));
  const left = `${Math.round(availableMiB(limits, uses))} MiB left of ${limits.capacityMiB} on ${node}`;
  const victim = podToEvict(limits, uses);
  if (victim === null) return { kind: 'done', evidence: left };
  pods.memory.seen([victim.name]);
  const killed = await crashWhole(victim.name, pods);
  const over = Math.round(victim.usedMiB - requestMiB);
  return {
    kind: 'done',
    evidence: `${left}: evicted ${victim.name}, ${namesOf(killed)}, ${over} MiB over its request of ${requestMiB}`,
  };
}

function useOf(name: string, requestMiB: number, { control }: Pods): readonly PodUse[] {
  const bytes = processesOf(name, control).map(residentBytesOf);
  const known = bytes.filter((each) => each !== null);
  const usedMiB = known.reduce((sum, each) => sum + each, 0) / bytesPerMiB;
  return known.length === 0 ? [] : [{ name, usedMiB, requestMiB, priority: 0 }];
}

/** `pods` null: the run is gone, and with it whoever could see a replacement. */
export async function awaitReplacements(step: AwaitStep, pods: Pods | null): Promise<StepOutcome> {
  if (pods === null) {
    if (step.seenBy !== undefined) return { kind: 'done', evidence: `${step.pods.join(', ')} were looked after by ${step.seenBy}` };
    if (step.owned) return { kind: 'done', evidence: `${step.pods.join(', ')} are removed with the run that started them` };
    return { kind: 'failed', why: `nobody is left to see ${step.pods.join(', ')} come back` };
  }
  const ready = await Promise.all(step.pods.map((pod) => isBack(pod, step.withinMs, pods)));
  const missing = step.pods.filter((_pod, index) => ready[index] !== true);
  if (missing.length > 0)
    return { kind: 'failed', why: `${missing.join(', ')} not Ready in a new process within ${step.withinMs / 1000} s` };
  return { kind: 'done', evidence: `${step.pods.join(', ')} Ready in other processes than those killed` };
}

/** A SIGKILL takes effect within this. */
const dyingMs = 500;

/** Each victim is asked for by itself: where one of two died, the one that lives on says nothing about the other's successor. */
async function isBack(pod: string, withinMs: number, pods: Pods): Promise<boolean> {
  const victims = await victimsOf(pod, pods);
  const previous = victims.length === 0 ? [null] : victims;
  const ready = await Promise.all(previous.map((victim) => pods.control.awaitReady(pod, victim, withinMs)));
  return ready.every((isReady) => isReady);
}

/** The processes that must have been replaced. One that lives on in spite of us needs no replacement: then there is nothing to undo. */
async function victimsOf(pod: string, { control, memory }: Pods): Promise<readonly ProcessId[]> {
  const victims = memory.lastKilled(pod);
  const gone = await Promise.all(victims.map((victim) => isGone(victim, control, dyingMs)));
  return victims.filter((_victim, index) => gone[index]);
}

async function isGone(process: ProcessId, control: PodControl, withinMs: number): Promise<boolean> {
  const giveUpAtMs = performance.now() + withinMs;
  while (control.isAlive(process) && performance.now() < giveUpAtMs) await new Promise((resolve) => setTimeout(resolve, 10));
  return !control.isAlive(process);
}
