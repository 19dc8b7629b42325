import type { Clock } from '../../core/clock.ts';
import { environmentProblems } from '../environment-problems.ts';
import type { Environment, ExitReason, Platform, PodProcess, PodStatus } from '../platform.ts';
import { createReadyBoard, isSame, type ReadyBoard } from '../ready-board.ts';
import { createMemoryCache, type MemoryCache } from './memory-cache.ts';
import { createMetricTable, type MetricTable } from './metric-table.ts';

/** How the fake behaves, and misbehaves; may be changed while it is up. Times in ms of its clock. */
export type MemoryHabits = {
  /** From start to Ready. */
  startMs: number;
  /** From a crash until the replacement is Ready. */
  restartMs: number;
  /** Pods that never come back from a crash. */
  lost: readonly string[];
  /** A crash that says it killed, and did not: an injector must not be believed on its own word. */
  crashDoesNothing: boolean;
  /** Why the environment refuses to come up, or null. */
  refusal: string | null;
};

export type MemoryPlatform = Platform & {
  readonly name: 'memory';
  readonly habits: MemoryHabits;
  readonly redis: MemoryCache;
  /** What the pods publish. `treasure_redis_auth_refused_total` follows the cache by itself. */
  readonly metrics: MetricTable;
};

const habitsByDefault: MemoryHabits = { startMs: 500, restartMs: 800, lost: [], crashDoesNothing: false, refusal: null };

/** An environment that exists only on a clock: pods are records, a crash is a change of numbers. */
export function createMemoryPlatform(clock: Clock, chosen: Partial<MemoryHabits> = {}): MemoryPlatform {
  const habits: MemoryHabits = { ...habitsByDefault, ...chosen };
  const fake: Fake = { clock, habits, board: createReadyBoard(clock), pods: [], pidNext: 1_000, isDown: false };
  const redis = createMemoryCache('memory-password');
  const metrics = createMetricTable();
  return {
    name: 'memory',
    habits,
    redis,
    metrics,
    check: async (environment) => environmentProblems(environment),
    up: (environment, progress) => up(fake, environment, progress),
    watchEndpoints: fake.board.watchEndpoints,
    awaitReady: fake.board.awaitReady,
    pods: () => fake.pods.map(statusOf),
    cache: () => (fake.pods.length === 0 || fake.isDown ? null : redis.target),
    // One process a pod: whatever the lot, it falls on that one.
    crash: async (pod) => crash(fake, pod),
    isAlive: (process) => fake.pods.some((pod) => pod.process !== null && isSame(process, pod.process)),
    async metric(name, labels) {
      const live = fake.pods.filter((pod) => pod.process !== null).map((pod) => pod.name);
      if (live.length === 0) return null;
      return name === 'treasure_redis_auth_refused_total' ? redis.refusals() : metrics.sum(name, labels, live);
    },
    down: async () => down(fake),
  };
}

type FakePod = { name: string; state: PodStatus['state']; process: PodProcess | null; restarts: number; exits: ExitReason[] };

type Fake = { clock: Clock; habits: MemoryHabits; board: ReadyBoard; pods: FakePod[]; pidNext: number; isDown: boolean };

async function up(fake: Fake, { pods, name }: Environment, progress: (line: string) => void): Promise<void> {
  if (fake.pods.length > 0) throw new Error('this platform has been brought up before; take a new one');
  const { refusal, startMs } = fake.habits;
  if (refusal !== null) throw new Error(refusal);
  fake.pods = Array.from({ length: pods }, (_, n) => ({ name: `pod-${n + 1}`, state: 'starting', process: null, restarts: 0, exits: [] }));
  for (const pod of fake.pods) startProcess(fake, pod, startMs);
  const areReady = await Promise.all(fake.pods.map((pod) => fake.board.awaitReady(pod.name, null, startMs + 1_000)));
  if (areReady.includes(false)) throw new Error('the environment was taken down');
  progress(`${pods} pods of environment ${name} ready`);
}

function crash(fake: Fake, name: string): PodProcess {
  const pod = fake.pods.find((candidate) => candidate.name === name);
  if (pod === undefined) throw new Error(`there is no pod ${name}`);
  const { process } = pod;
  if (process === null) throw new Error(`${name} has no live process to kill: it is ${pod.state}`);
  if (fake.habits.crashDoesNothing) return process;
  pod.process = null;
  pod.state = 'backing-off';
  pod.exits.push({ kind: 'killed', code: 137, by: 'signal' });
  show(fake);
  if (!fake.habits.lost.includes(name)) restart(fake, pod);
  return process;
}

function restart(fake: Fake, pod: FakePod): void {
  pod.restarts += 1;
  startProcess(fake, pod, fake.habits.restartMs);
}

function startProcess(fake: Fake, pod: FakePod, readyAfterMs: number): void {
  const process: PodProcess = { pid: fake.pidNext, startTicks: fake.pidNext };
  fake.pidNext += 1;
  pod.process = process;
  pod.state = 'starting';
  fake.clock.after(readyAfterMs, () => {
    // Killed again, or taken down, before it was Ready.
    if (pod.process !== process) return;
    pod.state = 'ready';
    show(fake);
  });
}

function down(fake: Fake): void {
  fake.isDown = true;
  for (const pod of fake.pods) {
    pod.process = null;
    pod.state = 'stopped';
  }
  fake.board.close();
}

/** Each process at a port of its own, as on a real machine. */
function show({ board, pods }: Fake): void {
  board.show(
    pods.flatMap(({ name, state, process }) =>
      state === 'ready' && process !== null
        ? [{ pod: name, origin: `http://127.0.0.1:${20_000 + process.pid}`, process, processes: [process] }]
        : [],
    ),
  );
}

function statusOf({ name, state, process, restarts, exits }: FakePod): PodStatus {
  return { name, state, process, processes: process === null ? [] : [process], restarts, exits: [...exits], gcShareMax: 0, rssBytesMax: 0 };
}
