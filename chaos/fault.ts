import type { Problem } from '../core/problem.ts';
import type { Random } from '../core/random.ts';
import type { NodeMemory } from '../platforms/cluster-model/node-pressure.ts';

/**
 * A fault is data. Its decisions are pure: what to read first, which steps break things, which steps put them back, and
 * whether what was observed proves that it bit. Effects are done by a StepRunner at the edge.
 * Adding a fault: one file in `faults/`, one row in `faults/table.ts`; the contract suite runs on every row.
 */
export interface Fault {
  readonly kind: FaultKind;
  readonly variants: readonly string[];
  /** One sentence for `plan` and help. */
  readonly description: string;
  /** What the user must be allowed to do, for `plan`. */
  readonly permissions: readonly string[];
  /** Everything that makes this request impossible on that target, all at once. */
  check(request: FaultRequest, target: FaultTarget): readonly Problem[];
  /** Chooses targets (seeded) and says what must be read before the undo can be written down. */
  aim(request: FaultRequest, target: FaultTarget, random: Random): Aim;
  /** Steps as data. The undo is complete before the first apply step runs. Without readings (a plan): the same steps, no secrets. */
  steps(aim: Aim, readings: Readings): FaultSteps;
  /** Whether the observations prove that the fault had an effect; evidence is for people. */
  judgeBite(aim: Aim, before: Readings, after: Readings): Bite;
}

export type FaultKind = 'pod-kill' | 'roll' | 'node-pressure' | 'redis-auth';

/** What a scenario's timeline asks for; checked, durations in ms. */
export type FaultRequest = {
  id: string;
  kind: FaultKind;
  variant: string;
  atMs: number;
  forMs: number;
  /** pod-kill: how many pods at a time. */
  pods: number;
  /** pod-kill: again every so many ms while it lasts; null: once. roll: least time between two steps; node-pressure: between looks. */
  everyMs: number | null;
};

/** What there is to break. Plain data, so that `plan` can print it and faults stay pure. */
export type FaultTarget = {
  runId: string;
  pods: readonly string[];
  /** Whether this run started the pods. */
  podsOwned: boolean;
  cache: (CacheRef & { username: string; engine: string; facts: CacheFacts | null }) | null;
  /** Where pods are containers. */
  containers?: ContainersRef | null;
};

/** Containers by the name of their pod: the engine that can start them again, and the port in them where players come in. */
export type ContainersRef = { engine: string; port: number; ids: { readonly [pod: string]: string } };

/** A cache server by `host:port`; one that this run started vanishes with the run. */
export type CacheRef = { address: string; owned: boolean };

/** What the server says about itself before anything is done to it; null facts: nothing is up yet. */
export type CacheFacts = {
  /** The server's own name for itself: the same server under two addresses is one target. */
  serverId: string | null;
  /** Replicas whose link is authenticated as this user. */
  replicasAsUser: number;
  /** The user with which this server follows a master; null: none. */
  masterUser: string | null;
  aclFile: boolean;
  /** What the fault needs and this user may not do. */
  denied: readonly string[];
};

/** The chosen targets and the plan of strikes: what `plan` prints. */
export type Aim = {
  faultId: string;
  runId: string;
  kind: FaultKind;
  variant: string;
  /** One line for people and the journal: `pod-2, pod-1, pod-3` or `user default of 127.0.0.1:6379`. */
  target: string;
  /** Kept in the machine's registry: two runs must not break the same thing. */
  targetKeys: readonly string[];
  /** Strikes in order, each at `afterMs` from the first one; a fault that strikes once has one. */
  strikes: readonly Strike[];
  podsOwned: boolean;
  cache: (CacheRef & { username: string }) | null;
  containers?: ContainersRef | null;
  /** Read before anything is written or done; one that cannot be read stops the fault before it began. */
  readBefore: readonly Read[];
  /** Read before and again after, to see whether it bit: by another channel than the injector's own. */
  probes: readonly Read[];
};

/** `lot`: drawn by the seed where one process of each pod is hit; absent where the pods are hit as a whole. */
export type Strike = { afterMs: number; pods: readonly string[]; lot?: number };

export type FaultSteps = {
  /** One list per strike of the aim; a step that fails ends its strike. */
  apply: readonly (readonly Step[])[];
  undo: readonly Step[];
  secrets: Secrets;
};

/** What steps refer to by name: kept in `undo.secrets`, never in the journal. */
export type Secrets = { values: { [name: string]: string }; logins: { [name: string]: Login } };

export type Login = { username: string; password: string };

/** The name of the cache user's own credentials among the secrets. */
export const cacheLogin = 'cache';

export type Bite = { proven: boolean; evidence: string[] };

/** What can be read. `as` names credentials among the secrets. */
export type Read =
  | { read: 'acl-list'; cache: CacheRef; as: string }
  /** `OK`, or the code word of the refusal: `WRONGPASS`, `NOAUTH`. On a connection of its own. */
  | { read: 'fresh-login'; cache: CacheRef; as: string }
  /** JSON `{password, sha256}`: randomness is read like everything else, so that decisions stay pure. */
  | { read: 'new-password'; name: string }
  | { read: 'metric'; name: string; labels: { [label: string]: string } }
  /**
   * JSON `{pod: [{pid, startTicks, alive}, …]}`: every process seen of each pod so far, sidecars among them; alive by the process table
   * of this moment.
   */
  | { read: 'pod-processes'; pods: readonly string[] };

/** What was read, by `readKey(read)`. A reading that failed is null. */
export type Readings = { [key: string]: string | null };

/** A word of a Redis command: plain, or the value of a secret. */
export type SecretRef = { secret: string };
export type Word = string | SecretRef;

/**
 * What can be done, as data that survives in the journal: everything that `recover` needs to finish from disk alone.
 * `as` names credentials among the secrets, tried in order until one is let in.
 */
export type Step =
  /** SIGKILL: with a lot to that one process of each pod on which it falls, without one to all of them. */
  | { do: 'crash-pods'; pods: readonly string[]; lot?: number }
  /** SIGTERM, and SIGKILL for whoever is still there after the grace period: as a kubelet stops a pod. */
  | { do: 'stop-pods'; pods: readonly string[]; graceMs: number }
  /** One look of a kubelet: where these pods really use more than their node has, the one that comes first is killed. */
  | { do: 'evict-pod'; node: string; memory: NodeMemory; pods: readonly string[]; requestMiB: number }
  /**
   * Started where they are down, and answering `GET /readyz` on `port`: also by whoever has nothing but the journal. Containers that the
   * run started (`owned`) vanish with it: then their removal satisfies.
   */
  | { do: 'start-containers'; containers: ContainersRef; withinMs: number; owned: boolean }
  /**
   * Every pod Ready, and the processes that were killed are none of it any more: one that was spared may live on. Pods that the run
   * started vanish with it: then their removal satisfies. `seenBy`: what else has made sure that they are back, for those who cannot
   * see processes being replaced.
   */
  | { do: 'await-replacements'; pods: readonly string[]; withinMs: number; owned: boolean; seenBy?: 'start-containers' }
  | { do: 'redis'; cache: CacheRef; as: readonly string[]; command: readonly Word[] }
  /**
   * Takes `ours` (`#<sha256>`) out of the user's passwords and puts the saved ones back, then reads back and compares.
   * Not `ACL SETUSER reset <saved line>`: that adds `sanitize-payload` to a default user that never had it (7.0.15), and would
   * wipe what others changed meanwhile. Conflict where the line is neither the saved one nor holds ours.
   */
  | { do: 'restore-acl'; cache: CacheRef; as: readonly string[]; user: string; saved: SecretRef; ours: SecretRef }
  /** Deletes our way in, unless `user` still has our password: then it is the only way to put things back. */
  | { do: 'drop-lifeline'; cache: CacheRef; as: readonly string[]; lifeline: string; user: string; ours: SecretRef }
  /** The whole ACL LIST must equal what was saved, byte for byte. */
  | { do: 'compare-acl'; cache: CacheRef; as: readonly string[]; saved: SecretRef }
  /** A fresh connection is let in. */
  | { do: 'log-in'; cache: CacheRef; as: readonly string[] };

export type StepOutcome =
  | { kind: 'done'; evidence: string }
  /** Somebody else changed the target since: left as it is, for a person to decide. */
  | { kind: 'conflict'; why: string }
  | { kind: 'failed'; why: string };

/** Steps that only look: worth asking once everything before them has been put back, and meaningless else. */
export function isCheck(step: Step): boolean {
  return step.do === 'compare-acl' || step.do === 'log-in';
}

/** Does steps and reads; the only place of a fault's effects. Never rejects. */
export interface StepRunner {
  run(step: Step): Promise<StepOutcome>;
  read(read: Read): Promise<string | null>;
}

/** The key under which a reading is kept. */
export function readKey(read: Read): string {
  switch (read.read) {
    case 'metric':
      return `metric ${read.name} ${JSON.stringify(read.labels)}`;
    case 'pod-processes':
      return `pod-processes ${read.pods.join(',')}`;
    case 'new-password':
      return `new-password ${read.name}`;
    default:
      return `${read.read} ${read.cache.address} as ${read.as}`;
  }
}
