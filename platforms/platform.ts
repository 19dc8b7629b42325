import type { Problem } from '../core/problem.ts';
import type { Telemetry } from './telemetry.ts';

/**
 * Where the service lives while we rehearse: processes on this machine, containers, a cluster, or a fake.
 * One contract suite (`contract.ts`) runs on every implementation, the fake included.
 */
export interface Platform {
  readonly name: 'local' | 'compose' | 'memory' | 'foreign';
  /** False where the pods were there before the run and stay after it. */
  readonly ownsPods?: boolean;
  /** Everything that would stop `up`, all at once: missing binaries, bad options, no permission. Starts nothing. */
  check(environment: Environment): Promise<readonly Problem[]>;
  /**
   * Brings cache and pods up; resolves when every pod is Ready, rejects (after taking down what had started) when one refuses to
   * start, with what it said, when not all come in time, or when `down` is called meanwhile. Once in a platform's life; expects an
   * environment in which `check` found nothing.
   */
  up(environment: Environment, progress: (line: string) => void): Promise<void>;
  /** Calls back with the ready pods' addresses: before it returns, and at once on every change. Returns a function that stops it. */
  watchEndpoints(listener: (endpoints: readonly PodEndpoint[]) => void): () => void;
  pods(): readonly PodStatus[];
  /** The cache the pods use, or null where the environment has none. */
  cache(): CacheTarget | null;
  /**
   * Kills processes of the pod the hard way, as a crash would: no restart is suppressed. With a lot (a whole number) exactly one of those
   * that live: the one at place `lot % how many live`, in the order of `PodStatus.processes`. Without a lot all of them. Resolves with the
   * process that was killed, of several with the front one, when it is gone and the pod's address with it; rejects where there is no such
   * pod, or it has no live process just now.
   */
  crash(pod: string, lot?: number): Promise<PodProcess>;
  /**
   * True when the pod is Ready and `previous` (null: any) is none of its processes any more, whichever of them it was; false after
   * `withinMs` or once the platform is down.
   */
  awaitReady(pod: string, previous: PodProcess | null, withinMs: number): Promise<boolean>;
  /** Whether that very process (pid *and* start time) is alive, by the process table and not by what we remember. */
  isAlive(process: PodProcess): boolean;
  /**
   * Sum over the live pods, all processes of each, of a counter or gauge that they publish at /metrics, asked just now; labels must all
   * match. What a sidecar passes on is counted by both. 0 where they declare it without such a sample, null where no pod answers or knows
   * it. The counters of a dead process died with it: a sum may fall.
   */
  metric(name: string, labels: { [label: string]: string }): Promise<number | null>;
  /** Where the pods are containers: which engine can start them again, and where in them players come in. */
  containers?(): { engine: string; port: number; ids: { [pod: string]: string } };
  /** What the metrics that people look at say of themselves, where the platform can ask them. */
  readonly telemetry?: Telemetry;
  /** Whatever publishes the /metrics that people look at just now, ready or not, where the platform knows the addresses. */
  publishers?(): readonly Publisher[];
  /** Stops everything that this run started, pods before cache, and nothing else. Idempotent; never rejects. */
  down(): Promise<void>;
}

/** What to bring up: configuration only, of one and the same service. */
export type Environment = {
  /** `plain`, … */
  name: string;
  runId: string;
  /** Seed of the treasure world. */
  seed: number;
  pods: number;
  /** Options of the service by key, as a scenario or environment overrides them; null means "no limit". */
  service: { [key: string]: string | number | boolean | null };
  /** Memory limit of a pod's main process in MiB; the heap limit is set below it. Null: what the environment itself says. */
  podMemoryMiB: number | null;
  /** 1 = the kubelet's restart back-off (10 s, doubled to 5 min, after a first immediate restart); 0.1 = ten times faster. */
  backoffScale: number;
  /** Where logs/<pod>.log and private files go: the run's folder. */
  folder: string;
  /** A Redis that the user brought (LAUNCHSTORM_REDIS_URL), or null: start one of our own. */
  redisUrl: string | null;
};

export type PodEndpoint = { pod: string; origin: string };

/** A pod's main process, or the sidecar in front of it. */
export type Publisher = PodEndpoint & { role: 'service' | 'sidecar' };

/** A process is a pid *and* its start time: pids are reused. `startTicks` is field 22 of /proc/<pid>/stat. */
export type PodProcess = { pid: number; startTicks: number };

export type ExitReason = (
  | { kind: 'killed'; code: 137; by: 'signal' | 'memory-limit' | 'liveness' }
  | { kind: 'out-of-heap'; code: 134 }
  | { kind: 'refused-to-start'; code: number; message: string }
  | { kind: 'exited'; code: number }
) & {
  /** Which of a pod's processes it was, where it was not the main one. */
  container?: 'sidecar';
};

export type PodStatus = {
  name: string;
  state: 'starting' | 'ready' | 'unready' | 'backing-off' | 'stopped';
  /** The one that players talk to: where a pod has a sidecar, that. */
  process: PodProcess | null;
  /** All that live, front first: the sidecar where there is one, then the main one. Where a pod is a container: its first process. */
  processes: readonly PodProcess[];
  /** Of all its processes, as a cluster counts containers. */
  restarts: number;
  /** How its processes ended, oldest first, those that we asked to end left out; the newest 200 at most. */
  exits: readonly ExitReason[];
  /** Worst share of one second that went to garbage collection, 0..1, from the runtime's own events. */
  gcShareMax: number;
  /** All its processes together. */
  rssBytesMax: number;
  /** How many seconds went to garbage collection by more than half, and by more than nine tenths; where the platform can tell. */
  gcPressedSeconds?: { aboveHalf: number; aboveNineTenths: number };
  /** What a sidecar takes of `rssBytesMax`; null where there is none. */
  sidecarRssBytesMax?: number | null;
};

export type CacheTarget = {
  /**
   * `redis-server 7.0.15`, `valkey-server 9.1.2`, `embedded cache server` (never called Redis); `… (yours)` or `yours` where the
   * user brought it.
   */
  engine: string;
  host: string;
  port: number;
  username: string;
  /** In memory only: never into logs, arguments, journal or report. */
  password: string;
  /** Whether this run started it. */
  owned: boolean;
};
