import { type ChildProcess, spawn } from 'node:child_process';
import { type ProcessId, processTitle, signal, startTicksOf } from '../../machine/process-table.ts';
import type { ExitReason } from '../platform.ts';
import { type Ending, exitReason } from './exit-reason.ts';
import { heapLimitMiB } from './memory-limit.ts';
import { outputSince, withLog } from './pod-log.ts';

/** What one process of a pod is started with. */
export type PodProcessPlan = {
  /** As it stands in its command line. */
  role: 'pod' | 'sidecar';
  name: string;
  runId: string;
  /** The file to run. */
  program: string;
  memoryMiB: number;
  variables: { [variable: string]: string };
  portFile: string;
  logFile: string;
};

/** One process of a pod, from its start to its end. */
export type PodLife = {
  readonly plan: PodProcessPlan;
  readonly process: ProcessId;
  readonly startedAtMs: number;
  /** `http://127.0.0.1:<port>` once it listens. */
  origin: string | null;
  ready: boolean;
  /** Why we killed it ourselves. */
  killedFor: Ending['killedFor'];
  /** Resolves when the process is gone; never rejects. */
  readonly exited: Promise<void>;
  /** Why it went; to be asked after `exited`. */
  reason(): Promise<ExitReason>;
  /** The end of what it has written. */
  output(): Promise<string>;
};

/**
 * Starts the service as a process in a session of its own: Ctrl-C in the terminal and the death of the caller do not reach it,
 * it ends when it is told to. Its command line says whose it is, its secrets are in its environment only. Never throws: a process
 * that cannot even be started is one that refused to.
 */
export function startPodProcess(plan: PodProcessPlan): PodLife {
  try {
    return withLog(plan.logFile, (fd, fromByte) => lifeOf(spawnPod(plan, fd), plan, fromByte));
  } catch (error) {
    return stillborn(plan, error instanceof Error ? error.message : String(error));
  }
}

function spawnPod(plan: PodProcessPlan, logFd: number): ChildProcess {
  const child = spawn(process.execPath, [`--max-heap-size=${heapLimitMiB(plan.memoryMiB)}`, plan.program], {
    argv0: processTitle(plan.role, plan.name, plan.runId),
    detached: true,
    stdio: ['ignore', logFd, logFd],
    env: plan.variables,
  });
  child.unref();
  return child;
}

function lifeOf(child: ChildProcess, plan: PodProcessPlan, fromByte: number): PodLife {
  const { pid } = child;
  if (pid === undefined) {
    child.on('error', () => {});
    return stillborn(plan, 'the machine would not start another process');
  }
  const life: PodLife = {
    ...unborn(plan),
    // A process that is gone already has no start time; 0 is nobody's, so that no signal can reach a later owner of the pid.
    process: { pid, startTicks: startTicksOf(pid) ?? 0 },
    exited: new Promise((resolve) => {
      child.once('exit', () => resolve());
    }),
    output: () => outputSince(plan.logFile, fromByte),
    reason: async () => {
      const { exitCode: code, signalCode } = child;
      const output = signalCode === 'SIGKILL' ? '' : await life.output();
      return exitReason({ code, signal: signalCode, killedFor: life.killedFor, listened: life.origin !== null, output });
    },
  };
  return life;
}

function stillborn(plan: PodProcessPlan, message: string): PodLife {
  return {
    ...unborn(plan),
    process: { pid: 0, startTicks: 0 },
    exited: Promise.resolve(),
    output: async () => '',
    reason: async () => ({ kind: 'refused-to-start', code: 70, message }),
  };
}

function unborn(plan: PodProcessPlan): Pick<PodLife, 'plan' | 'startedAtMs' | 'origin' | 'ready' | 'killedFor'> {
  return { plan, startedAtMs: performance.now(), origin: null, ready: false, killedFor: null };
}

/** SIGKILL by our own decision; the exit reason will say why. */
export function killFor(life: PodLife, why: 'memory-limit' | 'liveness'): void {
  life.killedFor = why;
  signal(life.process, 'SIGKILL');
}
