import type { Problem } from '../core/problem.ts';
import type { Random } from '../core/random.ts';

/**
 * A fault is data. Its decisions are pure: what to read first, which steps break things, which steps put them back, and
 * whether what was observed proves that it bit. Effects are done by a StepRunner at the edge.
 * Adding a fault: one file in `faults/`, one row in `faults/table.ts`, the contract suite.
 */
export interface Fault {
  readonly kind: FaultKind;
  readonly variants: readonly string[];
  /** One sentence for `plan` and help. */
  readonly description: string;
  /** Everything that makes this request impossible on that target, all at once. */
  check(request: FaultRequest, target: FaultTarget): readonly Problem[];
  /** Chooses targets (seeded) and says what must be read before the undo can be written down. */
  aim(request: FaultRequest, target: FaultTarget, random: Random): Aim;
  /** Steps as data, computed from what was read. The undo is complete before the first apply step runs. */
  steps(aim: Aim, readings: Readings): { apply: readonly Step[]; undo: readonly Step[] };
  /** Whether the observations prove that the fault had an effect; evidence is for people. */
  judgeBite(aim: Aim, before: Readings, after: Readings): Bite;
}

export type FaultKind = 'pod-kill' | 'redis-auth';

/** What a scenario's timeline asks for; checked, durations in ms. */
export type FaultRequest = {
  id: string;
  kind: FaultKind;
  variant: string;
  atMs: number;
  forMs: number;
  /** pod-kill: how many pods at a time. */
  pods: number;
  /** pod-kill: again every so many ms while the fault lasts; null: once. */
  everyMs: number | null;
};

/** What the platform has to break. Plain data, so that `plan` can print it and faults stay pure. */
export type FaultTarget = {
  pods: readonly string[];
  cache: { address: string; username: string; owned: boolean; engine: string } | null;
  /** Whether this run started the pods. */
  podsOwned: boolean;
};

/** The chosen targets and the plan of strikes: what `plan` prints. */
export type Aim = {
  faultId: string;
  kind: FaultKind;
  variant: string;
  /** One line for people and the journal: `pod-2, pod-1, pod-3` or `default user of 127.0.0.1:6379`. */
  target: string;
  /** Kept in the machine's registry: two runs must not break the same thing. */
  targetKeys: readonly string[];
  /** Strikes in order, each at `afterMs` from the first one; a fault that strikes once has one. */
  strikes: readonly { afterMs: number; pods: readonly string[] }[];
  /** Read before anything is written or done. */
  readBefore: readonly Read[];
  /** Read again to see whether it bit, by another channel than the injector's own. */
  probes: readonly Read[];
};

export type Bite = { proven: boolean; evidence: readonly string[] };

/** What can be read. */
export type Read =
  | { read: 'acl-list' }
  | { read: 'fresh-login' }
  | { read: 'metric'; name: string; labels: { [label: string]: string } }
  | { read: 'pod-processes'; pods: readonly string[] };

/** What was read, by `readKey(read)`. A reading that failed is null. */
export type Readings = { [key: string]: string | null };

/** A word of a Redis command: plain, or a secret that is kept beside the journal in `undo.secrets`. */
export type Word = string | { secret: string };

/**
 * What can be done, as data that survives in the journal: everything that `recover` needs to finish from disk alone.
 * `as` names credentials in undo.secrets (`<name>` -> `{username, password}`), tried in order.
 */
export type Step =
  | { do: 'crash-pods'; pods: readonly string[] }
  /** Every pod Ready in another process than the one killed. Targets that this run started vanish with it: then it is satisfied by their removal. */
  | { do: 'await-replacements'; pods: readonly string[]; withinMs: number; owned: boolean }
  | { do: 'redis'; address: string; as: readonly string[]; command: readonly Word[] }
  /**
   * Puts the saved line of one user back and reads it back. Conflict (left alone, reported) where the line is neither the saved
   * one nor the one that we wrote: somebody else changed it since.
   */
  | { do: 'restore-acl'; address: string; as: readonly string[]; user: string; saved: { secret: string }; oursContains: { secret: string } }
  /** The whole ACL LIST must equal what was saved, byte for byte. */
  | { do: 'compare-acl'; address: string; as: readonly string[]; saved: { secret: string } };

export type StepOutcome =
  | { kind: 'done'; evidence: string }
  | { kind: 'conflict'; why: string }
  | { kind: 'failed'; why: string };

/** Does steps and reads; the only place of a fault's effects. */
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
    default:
      return read.read;
  }
}
