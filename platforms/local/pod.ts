import { isAlive, signal } from '../../machine/process-table.ts';
import type { ExitReason, PodProcess, PodStatus } from '../platform.ts';
import { type Container, type ContainerRole, newContainer } from './container.ts';
import { addPressure, noPressure } from './gc-pressure.ts';
import type { PodLife } from './pod-process.ts';

/**
 * A pod: a name and one or two containers. Players talk to the front one, the sidecar where there is one. As in a cluster, each container
 * is restarted by itself, and the pod is Ready while all of them are.
 */
export type Pod = {
  readonly name: string;
  readonly main: Container;
  readonly sidecar: Container | null;
  /** How its processes ended, oldest first. */
  exits: ExitReason[];
  rssBytesMax: number;
};

/** A pod in a crash loop of days must not fill the memory; the newest exits say enough. */
const exitsMax = 200;

export function newPod(name: string, hasSidecar: boolean): Pod {
  const sidecar = hasSidecar ? newContainer('sidecar') : null;
  return { name, main: newContainer('main'), sidecar, exits: [], rssBytesMax: 0 };
}

export function containersOf({ main, sidecar }: Pod): readonly Container[] {
  return sidecar === null ? [main] : [main, sidecar];
}

/** Where players come in. */
export function frontOf({ main, sidecar }: Pod): Container {
  return sidecar ?? main;
}

export function isReady(pod: Pod): boolean {
  return containersOf(pod).every(({ life }) => life !== null && life.origin !== null && life.ready);
}

export function noteMemory(pod: Pod): void {
  const rssBytes = containersOf(pod).reduce((sum, container) => sum + container.rssBytes, 0);
  pod.rssBytesMax = Math.max(pod.rssBytesMax, rssBytes);
}

export function noteExit(pod: Pod, role: ContainerRole, reason: ExitReason): void {
  pod.exits = [...pod.exits, role === 'sidecar' ? { ...reason, container: role } : reason].slice(-exitsMax);
}

/** What runs in it just now, front first: the sidecar, where there is one, then the main process. */
function livesOf({ main, sidecar }: Pod): readonly PodLife[] {
  return [sidecar?.life ?? null, main.life].filter((life) => life !== null);
}

export function processesOf(pod: Pod): readonly PodProcess[] {
  return livesOf(pod).map(({ process }) => process);
}

/**
 * SIGKILL: with a lot for the one process on which it falls, as a kernel kills one, and whatever else runs in the pod lives on; without
 * one for all. Resolves with the process that was killed, of several with the front one, when all are gone. Throws where there is none.
 */
export async function crashPod(pod: Pod, lot: number | undefined): Promise<PodProcess> {
  const lives = livesOf(pod).filter(({ process }) => isAlive(process));
  const victims = lot === undefined ? lives : lives.filter((_life, place) => place === lot % lives.length);
  const [first] = victims;
  if (first === undefined) throw new Error(`${pod.name} has no live process to kill: it is ${stateOf(pod)}`);
  for (const { process } of victims) signal(process, 'SIGKILL');
  await Promise.all(victims.map(({ exited }) => exited));
  return first.process;
}

/** The least of what its containers are. */
export function stateOf(pod: Pod): PodStatus['state'] {
  const states = containersOf(pod).map(({ state }) => state);
  return (['stopped', 'backing-off', 'starting', 'unready'] as const).find((state) => states.includes(state)) ?? 'ready';
}

export function statusOf(pod: Pod): PodStatus {
  const containers = containersOf(pod);
  const gc = containers.flatMap(({ gcEnded, gcNow }) => [gcEnded, gcNow]).reduce(addPressure, noPressure);
  return {
    name: pod.name,
    state: stateOf(pod),
    process: frontOf(pod).life?.process ?? null,
    processes: processesOf(pod),
    restarts: containers.reduce((sum, { starts }) => sum + Math.max(0, starts - 1), 0),
    exits: [...pod.exits],
    gcShareMax: gc.worstShare,
    rssBytesMax: pod.rssBytesMax,
    gcPressedSeconds: { aboveHalf: gc.aboveHalf, aboveNineTenths: gc.aboveNineTenths },
    sidecarRssBytesMax: pod.sidecar?.rssBytesMax ?? null,
  };
}
