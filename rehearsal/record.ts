import type { Example, GeneratorFigures, StretchFigures } from '../simulator/measure/figures.ts';
import type { Report } from './report/format.ts';
import type { CheckedScenario } from './scenario.ts';
import type { TelemetryRecord } from './whose-telemetry.ts';

/** What is known before play begins; kept in the journal's `run` event, so that a killed run still has a report. */
export type RunHeader = Pick<
  Report,
  | 'runId'
  | 'scenario'
  | 'title'
  | 'environment'
  | 'platform'
  | 'cacheEngine'
  | 'seed'
  | 'startedAt'
  | 'startedBy'
  | 'commit'
  | 'versions'
  | 'reproduce'
> & {
  /** A rehearsal has a timeline of faults; a load is players only, with one window called `run`. */
  kind: 'rehearsal' | 'load';
  players: number;
  mix: { [persona: string]: number };
  joinMs: number;
  expect: CheckedScenario['expect'];
};

/** What happened to one fault; times in ms since play began, null where it did not come to that. */
export type FaultRecord = {
  id: string;
  kind: string;
  variant: string;
  target: string;
  armedAtMs: number | null;
  appliedAtMs: number | null;
  undoneAtMs: number | null;
  recoveredAtMs: number | null;
  bite: { proven: boolean; evidence: string[] };
  restore: 'not-needed' | 'restored' | 'failed' | 'conflict' | 'open';
  restoreProblem: string | null;
};

export type Interruption =
  | { kind: 'signal'; signal: 'SIGINT' | 'SIGTERM' }
  | { kind: 'guard'; text: string }
  /** The watchdog died: whoever would put things back after us is gone, so we put them back now. */
  | { kind: 'watchdog-lost' }
  /** Put down from outside: `halt`, or the conductor vanished and somebody else restored. */
  | { kind: 'halted'; by: string }
  | { kind: 'tool-fault'; message: string };

/** Everything measured in one run: the report is a pure function of this. */
export type RunRecord = {
  header: RunHeader;
  durationMs: number;
  joinedAtMs: number;
  /** The whole run in slices, oldest first; windows are sums of them. */
  slices: readonly StretchFigures[];
  podsReadyAt: readonly { atMs: number; ready: number }[];
  faults: readonly FaultRecord[];
  pods: Report['pods'];
  /** As the players had joined. Null where the platform has none to ask, or nobody was asked yet. */
  telemetryAtJoin: TelemetryRecord | null;
  /** The same at the end. */
  telemetry: TelemetryRecord | null;
  generator: GeneratorFigures | null;
  sessions: number;
  examples: readonly Example[];
  interruption: Interruption | null;
  /** Why there was no steady state before a fault, in words. */
  unsteady: readonly string[];
  /** What else makes the figures doubtful, in words. */
  doubts: readonly string[];
  notes: readonly string[];
};
