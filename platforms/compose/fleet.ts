import { writeMs } from '../../core/duration.ts';
import { projectLabel } from '../../protocols/docker/project.ts';
import type { CacheTarget, Environment } from '../platform.ts';
import type { ReadyBoard } from '../ready-board.ts';
import type { ComposePlace } from './compose-problems.ts';
import { type ContainerPod, newContainerPod, readyPod, stateOf } from './container-pod.ts';
import { watchContainers } from './container-watch.ts';
import { containersOfService, numberOf } from './containers.ts';
import { names } from './overrides.ts';
import { startProject } from './own-project.ts';
import { cacheOf } from './project-cache.ts';

/** What is up: the pods of one project, looked after until `stopping`. */
export type Fleet = {
  readonly environment: Environment;
  readonly board: ReadyBoard;
  readonly stopping: AbortController;
  /** Empty until it is known. */
  project: string;
  pods: readonly ContainerPod[];
  cache: CacheTarget | null;
  watching: Promise<void>;
};

const upMsMax = 120_000;

export function emptyFleet(environment: Environment, board: ReadyBoard, taken: string | null): Fleet {
  return { environment, board, stopping: new AbortController(), project: taken ?? '', pods: [], cache: null, watching: Promise.resolve() };
}

/** Resolves when every pod has been Ready. Throws when one refuses to start, or not all come in time. */
export async function gather(fleet: Fleet, place: ComposePlace, progress: (line: string) => void): Promise<void> {
  const startedAtMs = performance.now();
  if (place.taken === null) await startProject(fleet, place, progress);
  const { board, stopping, project } = fleet;
  const containers = await containersOfService(place.engine, project, names.service);
  if (containers.length === 0) throw new Error(`project ${project} has no container of service ${names.service}`);
  stopping.signal.throwIfAborted();
  fleet.pods = containers.map((container) => newContainerPod(`pod-${numberOf(container)}`, container.Id));
  const { pods } = fleet;
  const failed = new Promise<never>((_, reject) => {
    stopping.signal.addEventListener('abort', () => reject(stopping.signal.reason), { once: true });
    fleet.watching = watchContainers({
      engine: place.engine,
      label: projectLabel(project),
      pods,
      stopping: stopping.signal,
      changed: () => showReady(fleet),
      refused: ({ name }, message) => reject(new Error(`${name} refused to start (64): ${message}`)),
    });
  });
  // Once up, a refusal is a crash loop like any other, and going down is no failure.
  failed.catch(() => {});
  fleet.cache = await Promise.race([cacheOf(place.engine, project, place.taken === null), failed]);
  if (fleet.cache !== null) progress(`cache: ${fleet.cache.engine} on ${fleet.cache.host}:${fleet.cache.port}`);
  const areReady = await Promise.race([Promise.all(pods.map(({ name }) => board.awaitReady(name, null, upMsMax))), failed]);
  if (areReady.includes(false)) throw new Error(`not ready after ${writeMs(upMsMax)}: ${statesOf(pods)}`);
  progress(`${pods.length} pods in containers of project ${project} ready after ${writeMs(performance.now() - startedAtMs)}`);
}

export function showReady({ board, pods }: Fleet): void {
  board.show(pods.flatMap(readyPod));
}

function statesOf(pods: readonly ContainerPod[]): string {
  return pods.map((pod) => `${pod.name} ${stateOf(pod)}${pod.exits.length > 0 ? ` after exit ${pod.exits.at(-1)?.code}` : ''}`).join(', ');
}
