import type { RunHeader, RunRecord } from '../rehearsal/record.ts';
import type { Runner } from './runner.ts';
import { recordOf } from './runner-record.ts';

/** One runner's share of a run, on its own time axis, which began `offsetMs` after the conductor's. */
export type Part = { place: string; offsetMs: number; record: RunRecord; missing: readonly string[] };

/** `beganMs`: when the conductor's play began, in ms since the epoch. */
export function partOf(runner: Runner, expect: RunHeader['expect'], beganMs: number): Part {
  const { place, header, seconds } = runner;
  return { place, offsetMs: Date.parse(header.startedAt) - beganMs, record: recordOf(runner, expect), missing: seconds.missing };
}
