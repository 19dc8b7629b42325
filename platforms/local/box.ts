import { mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { writeMs } from '../../core/duration.ts';
import type { Environment } from '../platform.ts';
import type { ReadyBoard } from '../ready-board.ts';
import { type CacheChoice, type OpenCache, openCache } from './cache.ts';
import { type ContainerWorld, keepAlive, stopContainer } from './container.ts';
import type { WatchRules } from './health.ts';
import { containersOf, frontOf, isReady, newPod, noteExit, noteMemory, type Pod, processesOf, stateOf } from './pod.ts';
import { logsFolder, privateFolder } from './pod-environment.ts';
import { sealLog } from './pod-log.ts';
import { type PlanOf, podPlans } from './pod-plans.ts';
import { type Deployment, deploymentOf, publishedBy } from './published.ts';

/** How the box is filled; a rehearsal takes the defaults, tests their own. */
export type BoxRules = {
  /** The service's main file, and that of its sidecar. */
  program: string;
  sidecarProgram: string;
  cache: CacheChoice;
  /** Whether pods write down every answer in `logs/<pod>.access`: the server's own count, never cut. */
  accessLog: boolean;
  watch: WatchRules;
  upMsMax: number;
};

/** One environment on this machine while it is up: its cache, its pods, and who is Ready. */
export type Box = {
  readonly environment: Environment;
  readonly rules: BoxRules;
  readonly board: ReadyBoard;
  readonly stopping: AbortController;
  /** What stands around the service here; known as soon as the service has been asked. */
  deployment: Deployment | null;
  pods: readonly Pod[];
  cache: OpenCache | null;
  /** Ends when every pod has stopped. */
  alive: Promise<unknown>;
};

export function emptyBox(environment: Environment, rules: BoxRules, board: ReadyBoard): Box {
  return {
    environment,
    rules,
    board,
    stopping: new AbortController(),
    deployment: null,
    pods: [],
    cache: null,
    alive: Promise.resolve(),
  };
}

/** Cache first, then all pods at once; resolves when each has been Ready. Throws when one refuses to start, or none comes in time. */
export async function fillBox(box: Box, progress: (line: string) => void): Promise<void> {
  const { environment, rules, stopping } = box;
  const startedAtMs = performance.now();
  const published = await publishedBy(rules.program);
  const deployment = deploymentOf(published, environment.name);
  box.deployment = deployment;
  await mkdir(logsFolder(environment), { recursive: true });
  await mkdir(privateFolder(environment), { recursive: true, mode: 0o700 });
  stopping.signal.throwIfAborted();
  box.cache = await openCache(environment, rules.cache, deployment.redis);
  if (box.cache !== null) progress(`cache: ${box.cache.target.engine} on ${box.cache.target.host}:${box.cache.target.port}`);
  await startPods(box, podPlans({ environment, rules, published, deployment, cache: box.cache?.target ?? null }));
  const beside = deployment.sidecar ? ', each with a sidecar' : '';
  progress(`${environment.pods} pods of environment ${environment.name}${beside} ready after ${writeMs(performance.now() - startedAtMs)}`);
}

/** Pods before cache, then what they left behind. Every step is tried, whatever became of the one before. */
export async function emptyOut(box: Box): Promise<void> {
  box.stopping.abort(new Error('the environment was taken down'));
  box.board.close();
  await Promise.allSettled(box.pods.flatMap(containersOf).map(stopContainer));
  await box.alive.catch(() => {});
  await box.cache?.stop().catch(() => {});
  await sealLogs(box).catch(() => {});
  box.cache = null;
  await rm(privateFolder(box.environment), { recursive: true, force: true }).catch(() => {});
}

/** The first refusal, a long wait or the end of the environment ends the start. */
async function startPods(box: Box, planOf: PlanOf): Promise<void> {
  const { board, environment, deployment, rules, stopping } = box;
  // Whoever listens to the progress may have asked for the end just now.
  stopping.signal.throwIfAborted();
  box.pods = Array.from({ length: environment.pods }, (_, n) => newPod(`pod-${n + 1}`, deployment?.sidecar ?? false));
  const { pods } = box;
  const failed = new Promise<never>((_, reject) => {
    stopping.signal.addEventListener('abort', () => reject(stopping.signal.reason), { once: true });
    box.alive = Promise.all(pods.map((pod) => runPod(pod, box, { planOf, refused: reject })));
  });
  const ready = Promise.all(pods.map(({ name }) => board.awaitReady(name, null, rules.upMsMax)));
  const areReady = await Promise.race([ready, failed]);
  // Once up, a refusal is a crash loop like any other, and going down is no failure.
  failed.catch(() => {});
  if (areReady.includes(false)) throw new Error(`not ready after ${writeMs(rules.upMsMax)}: ${statesOf(pods)}`);
}

/** Each container by itself, until the environment goes down. */
async function runPod(pod: Pod, box: Box, { planOf, refused }: { planOf: PlanOf; refused: (error: Error) => void }): Promise<void> {
  const { board, environment, rules, stopping } = box;
  const world: ContainerWorld = {
    rules: rules.watch,
    backoffScale: environment.backoffScale,
    stopping: stopping.signal,
    planOf: (role) => planOf(pod, role),
    changed: () => board.show(readyPods(box.pods)),
    measured: () => noteMemory(pod),
    exited: (role, reason) => {
      noteExit(pod, role, reason);
      if (reason.kind !== 'refused-to-start') return;
      const who = role === 'sidecar' ? `${pod.name}'s sidecar` : pod.name;
      refused(new Error(`${who} refused to start (${reason.code}): ${reason.message}`));
    },
  };
  await Promise.all(containersOf(pod).map((container) => keepAlive(container, world)));
}

function statesOf(pods: readonly Pod[]): string {
  return pods.map((pod) => `${pod.name} ${stateOf(pod)}${pod.exits.length > 0 ? ` after exit ${pod.exits.at(-1)?.code}` : ''}`).join(', ');
}

function readyPods(pods: readonly Pod[]): Parameters<ReadyBoard['show']>[0] {
  return pods.flatMap((pod) => {
    const { life } = frontOf(pod);
    if (!isReady(pod) || life === null || life.origin === null) return [];
    return [{ pod: pod.name, origin: life.origin, process: life.process, processes: processesOf(pod) }];
  });
}

async function sealLogs({ environment, cache }: Box): Promise<void> {
  const folder = logsFolder(environment);
  const names = await readdir(folder);
  const secrets = cache === null ? [] : [cache.target.password];
  await Promise.allSettled(names.filter((name) => name.endsWith('.log')).map((name) => sealLog(join(folder, name), secrets)));
}
