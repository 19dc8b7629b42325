import { isAlive, startTicksOf } from '../../machine/process-table.ts';
import { publishedAt } from '../../protocols/docker/answers.ts';
import type { Engine } from '../../protocols/docker/engine.ts';
import { noPressure } from '../local/gc-pressure.ts';
import { probed, watchRules } from '../local/health.ts';
import { sumOf } from '../local/metrics-text.ts';
import { answerOf, probe } from '../local/probe.ts';
import { pause, repeat } from '../local/repeat.ts';
import { type ContainerPod, noteExit, noteLoss, reasonOf } from './container-pod.ts';
import { ports, withSidecar } from './overrides.ts';

export type ContainerWorld = {
  engine: Engine;
  label: string;
  pods: readonly ContainerPod[];
  stopping: AbortSignal;
  /** Called at once whenever a pod's process or readiness has changed. */
  changed: () => void;
  refused: (pod: ContainerPod, message: string) => void;
};

/** Between two looks at the process table: a process that dies is missed no longer than this. */
const lookEveryMs = 50;
const { readiness, scrapeEveryMs } = watchRules;
const lastLines = 20;
const streamLostMs = 500;

/** Looks after all pods until the signal is given; never rejects. */
export async function watchContainers(world: ContainerWorld): Promise<void> {
  await Promise.all([watchExits(world), ...world.pods.flatMap((pod) => [watchPod(pod, world), watchMetrics(pod, world)])]);
}

function watchPod(pod: ContainerPod, world: ContainerWorld): Promise<void> {
  let askedAtMs = 0;
  return repeat(
    () => lookEveryMs,
    world.stopping,
    async () => {
      if (pod.process !== null && !isAlive(pod.process)) {
        noteLoss(pod);
        world.changed();
      }
      if (pod.process === null) await findProcess(pod, world).catch(() => {});
      const isDue = !pod.health.passing || performance.now() - askedAtMs > readiness.everyMs;
      if (pod.process === null || !isDue) return;
      askedAtMs = performance.now();
      await askReadiness(pod, world);
    },
  );
}

/** The engine may not have noticed yet that its process is gone: a pid counts only while it is in the process table. */
async function findProcess(pod: ContainerPod, { engine, stopping, changed }: ContainerWorld): Promise<void> {
  const container = await engine.inspect(pod.id);
  if (container === null || !container.State.Running || stopping.aborted || pod.process !== null) return;
  const { Pid: pid } = container.State;
  const startTicks = startTicksOf(pid);
  const front = publishedAt(container, ports.front);
  if (startTicks === null || front === null) return;
  const behind = publishedAt(container, ports.behind);
  pod.process = { pid, startTicks };
  pod.front = `http://${front}`;
  pod.behind = behind === null ? null : `http://${behind}`;
  pod.hasSidecar = container.Config.Env?.includes(withSidecar) === true;
  pod.starts += 1;
  changed();
}

async function askReadiness(pod: ContainerPod, { stopping, changed }: ContainerWorld): Promise<void> {
  const { process } = pod;
  const succeeded = await probe(`${pod.front}/readyz`, { timeoutMs: readiness.timeoutMs, signal: stopping });
  // An answer that was under way when the process died is no news of the living.
  if (stopping.aborted || pod.process !== process) return;
  const before = pod.health.passing;
  pod.health = probed(pod.health, succeeded, readiness);
  if (pod.health.passing !== before) changed();
}

function watchMetrics(pod: ContainerPod, { stopping }: ContainerWorld): Promise<void> {
  return repeat(
    () => scrapeEveryMs,
    stopping,
    async () => {
      const { process } = pod;
      const texts = await metricsOf(pod, stopping);
      if (stopping.aborted || pod.process !== process || texts.length === 0) return;
      const sum = (name: string, labels = {}) => texts.reduce((total, text) => total + (sumOf(text, name, labels) ?? 0), 0);
      const worst = Math.max(...texts.map((text) => sumOf(text, 'treasure_gc_share_worst_second', {}) ?? 0));
      const pressed = (above: string) => sum('treasure_gc_pressed_seconds_total', { above });
      pod.gcNow = { ...noPressure, aboveHalf: pressed('0.5'), aboveNineTenths: pressed('0.9'), worstShare: worst };
      pod.rssBytesMax = Math.max(pod.rssBytesMax, sum('process_resident_memory_bytes'));
    },
  );
}

/** Of the sidecar and of the main process, as far as they answer. */
export async function metricsOf({ front, behind }: ContainerPod, signal: AbortSignal): Promise<readonly string[]> {
  const origins = [front, behind].filter((origin) => origin !== null);
  const texts = await Promise.all(origins.map((origin) => answerOf(`${origin}/metrics`, { timeoutMs: scrapeEveryMs, signal })));
  return texts.filter((text) => text !== null);
}

/** How containers ended is told by the engine, and by nobody once they are back. */
async function watchExits(world: ContainerWorld): Promise<void> {
  const { engine, label, pods, stopping } = world;
  while (!stopping.aborted) {
    await engine
      .events(
        label,
        ({ Action, id, Actor }) => {
          const pod = pods.find((each) => each.id === id);
          if (pod === undefined || stopping.aborted) return;
          if (Action === 'oom') pod.overMemory = true;
          if (Action === 'die') void tellExit(pod, Number(Actor.Attributes['exitCode'] ?? 0), world);
        },
        stopping,
      )
      .catch(() => {});
    await pause(streamLostMs, stopping);
  }
}

async function tellExit(pod: ContainerPod, code: number, { engine, refused }: ContainerWorld): Promise<void> {
  const { overMemory } = pod;
  const message = code === 64 ? await engine.logs(pod.id, lastLines).catch(() => '') : '';
  noteExit(pod, reasonOf(code, { overMemory, message: message.trim() }));
  if (code === 64) refused(pod, message.trim());
}
