import type { ProcessId } from '../machine/process-table.ts';
import type { ContainersRef } from './fault.ts';

/** What faults need of whatever runs the pods; a platform satisfies it as it is. */
export interface PodControl {
  pods(): readonly { name: string; process: ProcessId | null }[];
  /** Kills the pod's process the hard way, restart policy in force. Resolves with the process that was killed. */
  crash(pod: string): Promise<ProcessId>;
  /** True when the pod is Ready in another process than `previous` (null: any), false after `withinMs`. */
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
  killed(pod: string, process: ProcessId): void;
  lastKilled(pod: string): ProcessId | null;
};

export function createPodMemory(control: PodControl): PodMemory {
  const processes = new Map<string, Map<string, ProcessId>>();
  const victims = new Map<string, ProcessId>();
  const note = (pod: string, { pid, startTicks }: ProcessId) => {
    const known = processes.get(pod) ?? new Map<string, ProcessId>();
    processes.set(pod, known.set(`${pid}/${startTicks}`, { pid, startTicks }));
  };
  return {
    seen(pods) {
      for (const { name, process } of control.pods()) if (process !== null) note(name, process);
      return Object.fromEntries(pods.map((pod) => [pod, withLife(processes.get(pod), control)]));
    },
    killed(pod, process) {
      note(pod, process);
      victims.set(pod, process);
    },
    lastKilled: (pod) => victims.get(pod) ?? null,
  };
}

function withLife(known: Map<string, ProcessId> | undefined, control: PodControl): readonly (ProcessId & { alive: boolean })[] {
  return [...(known?.values() ?? [])].map((process) => ({ ...process, alive: control.isAlive(process) }));
}
