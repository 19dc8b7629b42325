import { isAlive } from '../../machine/process-table.ts';
import { addPressure, type GcPressure, noPressure } from '../local/gc-pressure.ts';
import { type Health, notYetReady } from '../local/health.ts';
import type { ExitReason, PodProcess, PodStatus, Publisher } from '../platform.ts';
import type { ReadyPod } from '../ready-board.ts';

/** A pod: one container. Docker's restart policy brings it back under the same id, in another process and at another address. */
export type ContainerPod = {
  readonly name: string;
  readonly id: string;
  /** The container's first process, by its pid on this machine; all others die with it. */
  process: PodProcess | null;
  /** Where players come in, and the main process behind the sidecar, for its metrics. */
  front: string | null;
  behind: string | null;
  /** Else players come to the main process itself. */
  hasSidecar: boolean;
  health: Health;
  starts: number;
  exits: readonly ExitReason[];
  /** Of processes that are gone, and of those that live. */
  gcEnded: GcPressure;
  gcNow: GcPressure;
  rssBytesMax: number;
  /** The engine's last word before an exit: it went over its memory. */
  overMemory: boolean;
  stopped: boolean;
};

const exitsMax = 200;

export function newContainerPod(name: string, id: string): ContainerPod {
  const nothing = { process: null, front: null, behind: null, hasSidecar: false, health: notYetReady };
  return {
    name,
    id,
    ...nothing,
    starts: 0,
    exits: [],
    gcEnded: noPressure,
    gcNow: noPressure,
    rssBytesMax: 0,
    overMemory: false,
    stopped: false,
  };
}

/** Its process is gone: by what we did, or by what we saw. */
export function noteLoss(pod: ContainerPod): void {
  pod.gcEnded = addPressure(pod.gcEnded, pod.gcNow);
  pod.gcNow = noPressure;
  pod.process = null;
  pod.front = null;
  pod.behind = null;
  pod.health = notYetReady;
}

export function noteExit(pod: ContainerPod, reason: ExitReason): void {
  pod.overMemory = false;
  pod.exits = [...pod.exits, reason].slice(-exitsMax);
}

/** Exit codes as the pod's own processes have them; `message` is the end of what it printed. */
export function reasonOf(code: number, { overMemory, message }: { overMemory: boolean; message: string }): ExitReason {
  if (code === 137) return { kind: 'killed', code, by: overMemory ? 'memory-limit' : 'signal' };
  if (code === 134) return { kind: 'out-of-heap', code };
  return code === 64 ? { kind: 'refused-to-start', code, message } : { kind: 'exited', code };
}

export function readyPod(pod: ContainerPod): readonly ReadyPod[] {
  const { name, process, front, health } = pod;
  if (process === null || front === null || !health.passing || pod.stopped || !isAlive(process)) return [];
  return [{ pod: name, origin: front, process, processes: [process] }];
}

/** Whose /metrics people look at. A pod whose process is gone publishes nothing, and comes back at another address. */
export function publishersOf({ name: pod, front, behind, hasSidecar, stopped }: ContainerPod): readonly Publisher[] {
  if (front === null || stopped) return [];
  if (!hasSidecar) return [{ pod, role: 'service', origin: front }];
  const main: readonly Publisher[] = behind === null ? [] : [{ pod, role: 'service', origin: behind }];
  return [...main, { pod, role: 'sidecar', origin: front }];
}

export function statusOf(pod: ContainerPod): PodStatus {
  const gc = addPressure(pod.gcEnded, pod.gcNow);
  const process = pod.stopped ? null : pod.process;
  return {
    name: pod.name,
    state: stateOf(pod),
    process,
    processes: process === null ? [] : [process],
    restarts: Math.max(0, pod.starts - 1),
    exits: [...pod.exits],
    gcShareMax: gc.worstShare,
    rssBytesMax: pod.rssBytesMax,
    gcPressedSeconds: { aboveHalf: gc.aboveHalf, aboveNineTenths: gc.aboveNineTenths },
  };
}

export function stateOf({ stopped, process, starts, health }: ContainerPod): PodStatus['state'] {
  if (stopped) return 'stopped';
  if (process === null) return starts === 0 ? 'starting' : 'backing-off';
  return health.passing ? 'ready' : 'starting';
}
