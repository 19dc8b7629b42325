import type { ProcessId } from '../machine/process-table.ts';
import type { ContainersRef } from './fault.ts';

/** What faults need of whatever runs the pods; a platform satisfies it as it is. */
export interface PodControl {
  /** `processes`: all that live of a pod, front first; `process`: the front one, which players talk to. */
  pods(): readonly { name: string; process: ProcessId | null; processes: readonly ProcessId[] }[];
  /**
   * Kills the hard way, restart policy in force: with a lot the live process number `lot % how many there are`, front first, without one
   * all of them. Resolves with the process that was killed; of several, the front one.
   */
  crash(pod: string, lot?: number): Promise<ProcessId>;
  /** True when the pod is Ready and `previous` (null: any) is no process of it any more, false after `withinMs`. */
  awaitReady(pod: string, previous: ProcessId | null, withinMs: number): Promise<boolean>;
  /** By the process table, not by what anybody remembers. */
  isAlive(process: ProcessId): boolean;
  /** Where pods are containers: how they are found again by whoever puts them back without us. */
  containers?(): ContainersRef;
  /** Sum over the live pods of a metric that they publish; null where no pod answers. */
  metric(name: string, labels: { [label: string]: string }): Promise<number | null>;
}

/** Remembers which processes each pod has had, and which of them we killed. */
export type PodMemory = {
  /** Every process seen of these pods so far, and whether it is alive now. */
  seen(pods: readonly string[]): { [pod: string]: readonly (ProcessId & { alive: boolean })[] };
  killed(pod: string, victims: readonly ProcessId[]): void;
  /** Those that were killed last, together. */
  lastKilled(pod: string): readonly ProcessId[];
};

export function createPodMemory(control: PodControl): PodMemory {
  const processes = new Map<string, Map<string, ProcessId>>();
  const lastVictims = new Map<string, readonly ProcessId[]>();
  const note = (pod: string, { pid, startTicks }: ProcessId) => {
    const known = processes.get(pod) ?? new Map<string, ProcessId>();
    processes.set(pod, known.set(`${pid}/${startTicks}`, { pid, startTicks }));
  };
  return {
    seen(pods) {
      for (const { name, processes: live } of control.pods()) for (const process of live) note(name, process);
      return Object.fromEntries(pods.map((pod) => [pod, withLife(processes.get(pod), control)]));
    },
    killed(pod, victims) {
      for (const process of victims) note(pod, process);
      lastVictims.set(pod, victims);
    },
    lastKilled: (pod) => lastVictims.get(pod) ?? [],
  };
}

function withLife(known: Map<string, ProcessId> | undefined, control: PodControl): readonly (ProcessId & { alive: boolean })[] {
  return [...(known?.values() ?? [])].map((process) => ({ ...process, alive: control.isAlive(process) }));
}
