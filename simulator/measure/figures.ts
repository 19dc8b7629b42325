import type { Operation, Outcome, RefusalClass } from '../../core/outcome.ts';
import type { Histogram } from './histogram.ts';

/** What was counted for one operation over some stretch of the run. Stretches are added, never averaged. */
export type OperationFigures = {
  /** Every action whose intended start lies in the stretch. */
  planned: number;
  /** Planned and not ended yet; 0 once everything of the stretch is settled. */
  pending: number;
  outcomes: { [outcome in Outcome]: number };
  refusals: { [refusal in RefusalClass]: number };
  /** From the intended start to the end, microseconds; count = sent. */
  latencyUs: Histogram;
  /** From the send to the end, microseconds; count = sent. */
  serviceUs: Histogram;
};

/** Chains treasure -> spawns -> biome map, counted once each, by the intended start of their first action. */
export type ChainFigures = {
  planned: number;
  pending: number;
  /** Ended with an answer to every link, useful or not. */
  completed: number;
  useful: number;
  /** Of useful chains: from the first intended start to the last answer. */
  latencyUs: Histogram;
};

/** A stretch of the run, [fromMs, toMs) since play began, by intended start. */
export type StretchFigures = {
  fromMs: number;
  toMs: number;
  operations: { [operation in Operation]: OperationFigures };
  chains: ChainFigures;
  /** Players connected at the stretch's end, sessions begun in it. */
  players: number;
  sessionsBegun: number;
};

/** How well the generator kept its own promises. */
export type GeneratorFigures = {
  /** Actual minus intended start, microseconds. */
  lagUs: Histogram;
  dropped: number;
  /** Share of one core that this process used, 0..n, over the run. */
  cpuShare: number;
  rssBytesMax: number;
  /** Processes of the generator that were lost on the way, in words: their players are missing from what was measured since. */
  lost?: readonly string[];
};

/** An answer worth looking at: it leads to a player, a request, a pod. */
export type Example = {
  journey: number;
  requestId: string;
  /** Intended start, ms since play began. */
  atMs: number;
  operation: Operation;
  outcome: Outcome;
  status: number;
  pod: string;
  /** For people, one line: `WRONG: spawns of another treasure`. */
  detail: string;
};
