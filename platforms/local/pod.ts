import { isAlive, signal } from '../../machine/process-table.ts';
import type { ExitReason, PodProcess, PodStatus } from '../platform.ts';
import { type Container, type ContainerRole, newContainer } from './container.ts';
import { addPressure, noPressure } from './gc-pressure.ts';

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

/** SIGKILL for all that runs in it; resolves with the process that players talked to, when all are gone. Throws where there is none. */
export async function crashPod(pod: Pod): Promise<PodProcess> {
  const front = frontOf(pod).life;
  if (front === null || !isAlive(front.process)) {
    throw new Error(`${pod.name} has no live process to kill: it is ${stateOf(pod)}`);
  }
  const lives = containersOf(pod).flatMap(({ life }) => life ?? []);
  for (const life of lives) signal(life.process, 'SIGKILL');
  await Promise.all(lives.map((life) => life.exited));
  return front.process;
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
    restarts: containers.reduce((sum, { starts }) => sum + Math.max(0, starts - 1), 0),
    exits: [...pod.exits],
    gcShareMax: gc.worstShare,
    rssBytesMax: pod.rssBytesMax,
    gcPressedSeconds: { aboveHalf: gc.aboveHalf, aboveNineTenths: gc.aboveNineTenths },
    sidecarRssBytesMax: pod.sidecar?.rssBytesMax ?? null,
  };
}
