import { signal } from '../../machine/process-table.ts';
import type { ExitReason, PodStatus } from '../platform.ts';
import { afterExit, noCrashes, restartDelayMs } from './backoff.ts';
import { addPressure, type GcPressure, noPressure, pressureIn } from './gc-pressure.ts';
import type { WatchRules } from './health.ts';
import { type PodLife, type PodProcessPlan, startPodProcess } from './pod-process.ts';
import { watchProcess } from './pod-watch.ts';
import { pause } from './repeat.ts';

export type ContainerRole = 'main' | 'sidecar';

/** One program of a pod: a place that outlives its processes. */
export type Container = {
  readonly role: ContainerRole;
  state: PodStatus['state'];
  life: PodLife | null;
  starts: number;
  /** Of the processes that have ended, and of the one that lives as of the last look. */
  gcEnded: GcPressure;
  gcNow: GcPressure;
  /** As of the last look; 0 while there is no process. */
  rssBytes: number;
  rssBytesMax: number;
};

/** What a container needs of its pod and its environment. */
export type ContainerWorld = {
  rules: WatchRules;
  backoffScale: number;
  /** Given when the environment goes down: nothing is restarted from then on. */
  stopping: AbortSignal;
  planOf: (role: ContainerRole) => PodProcessPlan;
  /** Called at once whenever a process or its readiness has changed. */
  changed: () => void;
  /** Called after each look at its memory. */
  measured: () => void;
  exited: (role: ContainerRole, reason: ExitReason) => void;
};

const drainMs = 2_000;

export function newContainer(role: ContainerRole): Container {
  return { role, state: 'starting', life: null, starts: 0, gcEnded: noPressure, gcNow: noPressure, rssBytes: 0, rssBytesMax: 0 };
}

/** The life of a container: one process after the other, each followed by the back-off, until the environment goes down. */
export async function keepAlive(container: Container, world: ContainerWorld): Promise<void> {
  let loop = noCrashes;
  while (!world.stopping.aborted) {
    const life = begin(container, world);
    const gone = new AbortController();
    const watched = watchProcess({ life, rules: world.rules, findings: findingsOf(container, life, world), gone: gone.signal });
    await life.exited;
    end(container, world);
    gone.abort();
    await Promise.all([watched, noteExit(container, life, world)]);
    loop = afterExit(loop, performance.now() - life.startedAtMs, world.backoffScale);
    await pause(restartDelayMs(loop, world.backoffScale), world.stopping);
  }
  container.state = 'stopped';
}

/** SIGTERM, and SIGKILL for what is left of it after the time to drain; resolves when the process is gone. */
export async function stopContainer({ life }: Container): Promise<void> {
  if (life === null) return;
  const gone = new AbortController();
  const exited = life.exited.then(() => gone.abort());
  signal(life.process, 'SIGTERM');
  await pause(drainMs, gone.signal);
  signal(life.process, 'SIGKILL');
  await exited;
}

function begin(container: Container, world: ContainerWorld): PodLife {
  container.starts += 1;
  container.state = 'starting';
  container.life = startPodProcess(world.planOf(container.role));
  world.changed();
  return container.life;
}

function end(container: Container, world: ContainerWorld): void {
  container.life = null;
  container.rssBytes = 0;
  container.state = 'backing-off';
  world.changed();
}

/** An exit that we asked for is none worth noting. */
async function noteExit(container: Container, life: PodLife, world: ContainerWorld): Promise<void> {
  const logged = pressureIn(await life.output());
  container.gcEnded = addPressure(container.gcEnded, worseOf(logged, container.gcNow));
  container.gcNow = noPressure;
  if (!world.stopping.aborted) world.exited(container.role, await life.reason());
}

/** Log and metrics tell of the same seconds, and each may have missed some. */
function worseOf(one: GcPressure, other: GcPressure): GcPressure {
  return {
    aboveHalf: Math.max(one.aboveHalf, other.aboveHalf),
    aboveNineTenths: Math.max(one.aboveNineTenths, other.aboveNineTenths),
    worstShare: Math.max(one.worstShare, other.worstShare),
  };
}

function findingsOf(container: Container, life: PodLife, world: ContainerWorld): Parameters<typeof watchProcess>[0]['findings'] {
  return {
    readiness(ready) {
      life.ready = ready;
      container.state = ready ? 'ready' : 'unready';
      world.changed();
    },
    memory(rssBytes) {
      container.rssBytes = rssBytes;
      container.rssBytesMax = Math.max(container.rssBytesMax, rssBytes);
      world.measured();
    },
    gcPressure(pressure) {
      container.gcNow = pressure;
    },
  };
}
