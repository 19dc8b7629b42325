import { join } from 'node:path';
import { signal } from '../../machine/process-table.ts';
import type { CacheTarget, Environment, ExitReason, PodStatus } from '../platform.ts';
import { afterExit, noCrashes, restartDelayMs } from './backoff.ts';
import type { WatchRules } from './health.ts';
import { logsFolder, podEnvironment, privateFolder } from './pod-environment.ts';
import { type PodLife, type PodProcessPlan, startPodProcess } from './pod-process.ts';
import { watchProcess } from './pod-watch.ts';
import { pause } from './repeat.ts';

/** A pod: a name that outlives its processes. */
export type Pod = {
  readonly name: string;
  state: PodStatus['state'];
  life: PodLife | null;
  starts: number;
  exits: ExitReason[];
  gcShareMax: number;
  rssBytesMax: number;
};

/** What the pods of one environment share. */
export type PodWorld = {
  environment: Environment;
  cache: CacheTarget | null;
  program: string;
  /** Whether pods write down every answer in `logs/<pod>.access`: the server's own count, never cut. */
  accessLog: boolean;
  rules: WatchRules;
  /** Given when the environment goes down: nothing is restarted from then on. */
  stopping: AbortSignal;
  /** Called at once whenever a pod's process or readiness has changed. */
  changed: () => void;
  exited: (pod: Pod, reason: ExitReason) => void;
};

/** A pod in a crash loop of days must not fill the memory; the newest exits say enough. */
const exitsMax = 200;

const drainMs = 2_000;

export function newPod(name: string): Pod {
  return { name, state: 'starting', life: null, starts: 0, exits: [], gcShareMax: 0, rssBytesMax: 0 };
}

/** The life of a pod: one process after the other, each followed by the back-off, until the environment goes down. */
export async function keepAlive(pod: Pod, world: PodWorld): Promise<void> {
  let loop = noCrashes;
  while (!world.stopping.aborted) {
    const life = begin(pod, world);
    const gone = new AbortController();
    const watched = watchProcess({ life, rules: world.rules, findings: findingsOf(pod, life, world), gone: gone.signal });
    await life.exited;
    end(pod, world);
    gone.abort();
    await Promise.all([watched, noteExit(pod, life, world)]);
    loop = afterExit(loop, performance.now() - life.startedAtMs, world.environment.backoffScale);
    await pause(restartDelayMs(loop, world.environment.backoffScale), world.stopping);
  }
  pod.state = 'stopped';
}

/** SIGTERM, and SIGKILL for what is left of it after the time to drain; resolves when the process is gone. */
export async function stopPod({ life }: Pod): Promise<void> {
  if (life === null) return;
  const gone = new AbortController();
  const exited = life.exited.then(() => gone.abort());
  signal(life.process, 'SIGTERM');
  await pause(drainMs, gone.signal);
  signal(life.process, 'SIGKILL');
  await exited;
}

function begin(pod: Pod, world: PodWorld): PodLife {
  pod.starts += 1;
  pod.state = 'starting';
  pod.life = startPodProcess(processPlan(pod, world));
  world.changed();
  return pod.life;
}

function end(pod: Pod, world: PodWorld): void {
  pod.life = null;
  pod.state = 'backing-off';
  world.changed();
}

/** An exit that we asked for is none worth noting. */
async function noteExit(pod: Pod, life: PodLife, world: PodWorld): Promise<void> {
  if (world.stopping.aborted) return;
  const reason = await life.reason();
  pod.exits = [...pod.exits, reason].slice(-exitsMax);
  world.exited(pod, reason);
}

function findingsOf(pod: Pod, life: PodLife, world: PodWorld): Parameters<typeof watchProcess>[0]['findings'] {
  return {
    readiness(ready) {
      life.ready = ready;
      pod.state = ready ? 'ready' : 'unready';
      world.changed();
    },
    memory(rssBytes) {
      pod.rssBytesMax = Math.max(pod.rssBytesMax, rssBytes);
    },
    gcShare(share) {
      pod.gcShareMax = Math.max(pod.gcShareMax, share);
    },
  };
}

function processPlan(pod: Pod, { environment, cache, program, accessLog }: PodWorld): PodProcessPlan {
  const { name, starts } = pod;
  // A file of its own for each process: an old announcement must never be taken for a new one.
  const portFile = join(privateFolder(environment), `${name}.${starts}.port`);
  const accessLogFile = accessLog ? join(logsFolder(environment), `${name}.access`) : null;
  return {
    name,
    runId: environment.runId,
    program,
    memoryMiB: environment.podMemoryMiB,
    variables: podEnvironment(environment, cache, { name, portFile, accessLogFile }),
    portFile,
    logFile: join(logsFolder(environment), `${name}.log`),
  };
}

export function statusOf(pod: Pod): PodStatus {
  return {
    name: pod.name,
    state: pod.state,
    process: pod.life?.process ?? null,
    restarts: Math.max(0, pod.starts - 1),
    exits: [...pod.exits],
    gcShareMax: pod.gcShareMax,
    rssBytesMax: pod.rssBytesMax,
  };
}
