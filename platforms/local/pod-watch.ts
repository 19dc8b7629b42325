import { readFile } from 'node:fs/promises';
import type { GcPressure } from './gc-pressure.ts';
import { alive, type Health, notYetReady, probed, type WatchRules } from './health.ts';
import { isOverLimit, type MemoryUse, memoryOf } from './memory-limit.ts';
import { sumOf } from './metrics-text.ts';
import { trimLog } from './pod-log.ts';
import { killFor, type PodLife } from './pod-process.ts';
import { answerOf, probe } from './probe.ts';
import { repeat } from './repeat.ts';

/** What watching one process tells its pod. */
export type Findings = {
  readiness(ready: boolean): void;
  memory(rssBytes: number): void;
  gcPressure(pressure: GcPressure): void;
};

type Watch = { life: PodLife; rules: WatchRules; findings: Findings; gone: AbortSignal };

/** Looks after one process until it is gone, as a kubelet would: its memory from the first moment, its probes once it listens. */
export async function watchProcess(watch: Watch): Promise<void> {
  await Promise.all([watchMemory(watch), watchService(watch)]);
}

async function watchService(watch: Watch): Promise<void> {
  const origin = await awaitListening(watch);
  if (origin === null) return;
  await Promise.all([watchReadiness(watch, origin), watchLiveness(watch, origin), watchMetrics(watch, origin)]);
}

/** The port that the process announces, as an origin. Null where it never does: then it is gone, or killed for it here. */
async function awaitListening({ life, rules, gone }: Watch): Promise<string | null> {
  const listening = new AbortController();
  const over = AbortSignal.any([gone, listening.signal]);
  await repeat(
    () => rules.startingEveryMs,
    over,
    async () => {
      const port = await announcedPort(life.plan.portFile);
      if (port !== null) life.origin = `http://127.0.0.1:${port}`;
      else if (performance.now() - life.startedAtMs > rules.startingMsMax) killFor(life, 'liveness');
      if (life.origin !== null || life.killedFor !== null) listening.abort();
    },
  );
  return gone.aborted ? null : life.origin;
}

async function announcedPort(portFile: string): Promise<number | null> {
  try {
    const { port } = JSON.parse(await readFile(portFile, 'utf8')) as { port: unknown };
    return typeof port === 'number' ? port : null;
  } catch {
    return null;
  }
}

function watchReadiness({ rules, findings, gone }: Watch, origin: string): Promise<void> {
  const { readiness, startingEveryMs } = rules;
  let health: Health = notYetReady;
  let wasReady = false;
  return repeat(
    () => (wasReady ? readiness.everyMs : startingEveryMs),
    gone,
    async () => {
      const succeeded = await probe(`${origin}/readyz`, { timeoutMs: readiness.timeoutMs, signal: gone });
      // An answer that was under way when the process died is no news of the living.
      if (gone.aborted) return;
      const before = health.passing;
      health = probed(health, succeeded, readiness);
      wasReady ||= health.passing;
      if (health.passing !== before) findings.readiness(health.passing);
    },
  );
}

function watchLiveness({ life, rules: { liveness }, gone }: Watch, origin: string): Promise<void> {
  let health: Health = alive;
  return repeat(
    () => liveness.everyMs,
    gone,
    async () => {
      const succeeded = await probe(`${origin}/healthz`, { timeoutMs: liveness.timeoutMs, signal: gone });
      if (gone.aborted) return;
      health = probed(health, succeeded, liveness);
      if (!health.passing) killFor(life, 'liveness');
    },
  );
}

/** A limit by looking: a pod that grows and is gone between two looks is not caught, as a cgroup would catch it. */
function watchMemory({ life, rules, findings, gone }: Watch): Promise<void> {
  return repeat(
    () => rules.memoryEveryMs,
    gone,
    () => {
      const use = memoryOf(life.process.pid);
      if (use !== null && !gone.aborted) takeMemory(use, life, findings);
    },
  );
}

function takeMemory(use: MemoryUse, life: PodLife, findings: Findings): void {
  findings.memory(use.rssBytes);
  if (isOverLimit(use, life.plan.memoryMiB)) killFor(life, 'memory-limit');
}

function watchMetrics({ life, rules, findings, gone }: Watch, origin: string): Promise<void> {
  return repeat(
    () => rules.scrapeEveryMs,
    gone,
    async () => {
      const text = await answerOf(`${origin}/metrics`, { timeoutMs: rules.scrapeEveryMs, signal: gone });
      await trimLog(life.plan.logFile);
      if (text === null || gone.aborted) return;
      findings.gcPressure(pressureOf(text));
      // Where the machine has no /proc, what the service says about itself is all there is.
      const rssBytes = sumOf(text, 'process_resident_memory_bytes', {});
      if (process.platform !== 'linux' && rssBytes !== null) takeMemory({ rssBytes, ownBytes: rssBytes }, life, findings);
    },
  );
}

function pressureOf(text: string): GcPressure {
  const pressed = (above: string) => sumOf(text, 'treasure_gc_pressed_seconds_total', { above }) ?? 0;
  const worstShare = sumOf(text, 'treasure_gc_share_worst_second', {}) ?? 0;
  return { aboveHalf: pressed('0.5'), aboveNineTenths: pressed('0.9'), worstShare };
}
