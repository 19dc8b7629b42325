import { mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { writeMs } from '../../core/duration.ts';
import type { Environment } from '../platform.ts';
import type { ReadyBoard } from '../ready-board.ts';
import { type CacheChoice, type OpenCache, openCache } from './cache.ts';
import type { WatchRules } from './health.ts';
import { keepAlive, newPod, type Pod, type PodWorld, stopPod } from './pod.ts';
import { logsFolder, privateFolder } from './pod-environment.ts';
import { sealLog } from './pod-log.ts';

/** How the box is filled; a rehearsal takes the defaults, tests their own. */
export type BoxRules = { program: string; cache: CacheChoice; accessLog: boolean; watch: WatchRules; upMsMax: number };

/** One environment on this machine while it is up: its cache, its pods, and who is Ready. */
export type Box = {
  readonly environment: Environment;
  readonly rules: BoxRules;
  readonly board: ReadyBoard;
  readonly pods: readonly Pod[];
  readonly stopping: AbortController;
  cache: OpenCache | null;
  /** Ends when every pod has stopped. */
  alive: Promise<unknown>;
};

export function emptyBox(environment: Environment, rules: BoxRules, board: ReadyBoard): Box {
  const pods = Array.from({ length: environment.pods }, (_, n) => newPod(`pod-${n + 1}`));
  return { environment, rules, board, pods, stopping: new AbortController(), cache: null, alive: Promise.resolve() };
}

/** Cache first, then all pods at once; resolves when each has been Ready. Throws when one refuses to start, or none comes in time. */
export async function fillBox(box: Box, progress: (line: string) => void): Promise<void> {
  const { environment, rules, stopping } = box;
  const startedAtMs = performance.now();
  await mkdir(logsFolder(environment), { recursive: true });
  await mkdir(privateFolder(environment), { recursive: true, mode: 0o700 });
  stopping.signal.throwIfAborted();
  box.cache = await openCache(environment, rules.cache);
  if (box.cache !== null) progress(`cache: ${box.cache.target.engine} on ${box.cache.target.host}:${box.cache.target.port}`);
  await startPods(box);
  progress(`${environment.pods} pods of environment ${environment.name} ready after ${writeMs(performance.now() - startedAtMs)}`);
}

/** Pods before cache, then what they left behind. Every step is tried, whatever became of the one before. */
export async function emptyOut(box: Box): Promise<void> {
  box.stopping.abort(new Error('the environment was taken down'));
  box.board.close();
  await Promise.allSettled(box.pods.map(stopPod));
  await box.alive.catch(() => {});
  await box.cache?.stop().catch(() => {});
  await sealLogs(box).catch(() => {});
  box.cache = null;
  await rm(privateFolder(box.environment), { recursive: true, force: true }).catch(() => {});
}

/** The first refusal, a long wait or the end of the environment ends the start. */
async function startPods(box: Box): Promise<void> {
  const { board, pods, rules, stopping } = box;
  // Whoever listens to the progress may have asked for the end just now.
  stopping.signal.throwIfAborted();
  const failed = new Promise<never>((_, reject) => {
    stopping.signal.addEventListener('abort', () => reject(stopping.signal.reason), { once: true });
    const world = worldOf(box, (pod, reason) => {
      if (reason.kind === 'refused-to-start') reject(new Error(`${pod.name} refused to start (${reason.code}): ${reason.message}`));
    });
    box.alive = Promise.all(pods.map((pod) => keepAlive(pod, world)));
  });
  const ready = Promise.all(pods.map(({ name }) => board.awaitReady(name, null, rules.upMsMax)));
  const areReady = await Promise.race([ready, failed]);
  // Once up, a refusal is a crash loop like any other, and going down is no failure.
  failed.catch(() => {});
  if (areReady.includes(false)) throw new Error(`not ready after ${writeMs(rules.upMsMax)}: ${statesOf(pods)}`);
}

function worldOf({ environment, rules, cache, stopping, board, pods }: Box, exited: PodWorld['exited']): PodWorld {
  return {
    environment,
    cache: cache?.target ?? null,
    program: rules.program,
    accessLog: rules.accessLog,
    rules: rules.watch,
    stopping: stopping.signal,
    changed: () => board.show(readyPods(pods)),
    exited,
  };
}

function statesOf(pods: readonly Pod[]): string {
  return pods.map(({ name, state, exits }) => `${name} ${state}${exits.length > 0 ? ` after exit ${exits.at(-1)?.code}` : ''}`).join(', ');
}

function readyPods(pods: readonly Pod[]): Parameters<ReadyBoard['show']>[0] {
  return pods.flatMap(({ name, life }) => {
    if (life === null || life.origin === null || !life.ready) return [];
    return [{ pod: name, origin: life.origin, process: life.process }];
  });
}

async function sealLogs({ environment, cache }: Box): Promise<void> {
  const folder = logsFolder(environment);
  const names = await readdir(folder);
  const secrets = cache === null ? [] : [cache.target.password];
  await Promise.allSettled(names.filter((name) => name.endsWith('.log')).map((name) => sealLog(join(folder, name), secrets)));
}
