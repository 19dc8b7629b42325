import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readJournal } from '../chaos/journal.ts';
import { type JournalEntry, openFaults } from '../chaos/journal-lines.ts';
import type { StretchFigures } from '../simulator/measure/figures.ts';
import type { FaultRecord, RunHeader, RunRecord } from './record.ts';
import { readSeconds } from './seconds-file.ts';

/**
 * What is left of a run whose conductor was killed: the journal says what was broken and put back, seconds.ndjson what players
 * felt until then (`read`, where somebody has read them already). Null where the folder holds no run.
 */
export async function readKilledRun(folder: string, read?: readonly StretchFigures[]): Promise<RunRecord | null> {
  const { entries, problems } = await readJournal(folder);
  const begun = entries.findLast((entry) => entry.event === 'run');
  if (begun === undefined) return null;
  const header = begun.header as RunHeader;
  const slices = read ?? (await readSeconds(join(folder, 'seconds.ndjson')));
  const durationMs = slices.at(-1)?.toMs ?? 0;
  const faults = faultsIn(entries, boundariesOf(slices));
  return {
    header,
    durationMs,
    joinedAtMs: Math.min(header.joinMs, durationMs),
    slices,
    podsReadyAt: [],
    faults,
    pods: [],
    telemetry: null,
    telemetryAtJoin: null,
    generator: null,
    sessions: slices.reduce((sum, slice) => sum + slice.sessionsBegun, 0),
    examples: [],
    interruption: { kind: 'halted', by: await whoEnded(entries, folder) },
    unsteady: [],
    doubts: [],
    notes: [
      'the conductor did not live to the end: pods, the generator and examples of single requests are not in this report',
      'windows begin and end at the nearest second that was written',
      ...problems,
    ],
  };
}

async function whoEnded(entries: readonly JournalEntry[], folder: string): Promise<string> {
  const closed = entries.findLast((entry) => entry.event === 'closed');
  const halted = await readFile(join(folder, 'halted'), 'utf8').catch(() => '');
  if (halted !== '') return halted.trim();
  return closed === undefined
    ? 'the conductor vanished, and nobody has put everything back yet'
    : `the conductor vanished; ${closed.by} put everything back`;
}

/** The journal's times; a fault that nobody undid stays open, and the verdict says so. */
function faultsIn(entries: readonly JournalEntry[], boundaries: readonly number[]): readonly FaultRecord[] {
  const open = new Set(openFaults(entries).map((entry) => entry.fault));
  return entries.flatMap((armed) => {
    if (armed.event !== 'armed') return [];
    const own = entries.filter((entry) => 'fault' in entry && entry.fault === armed.fault);
    const first = (event: JournalEntry['event']) => own.find((entry) => entry.event === event);
    const undone = first('undone');
    const bitten = own.find((entry) => entry.event === 'bitten');
    const failed = own.findLast((entry) => entry.event === 'undoFailed' || entry.event === 'conflict');
    return [
      {
        id: armed.fault,
        kind: armed.kind,
        variant: armed.variant,
        target: armed.target,
        armedAtMs: armed.atMs,
        appliedAtMs: cutAt(first('applied')?.atMs, boundaries),
        undoneAtMs: cutAt(undone?.atMs, boundaries),
        recoveredAtMs: null,
        bite: { proven: bitten !== undefined, evidence: bitten === undefined ? [] : [...bitten.evidence] },
        restore: restoreOf(undone !== undefined, first('conflict') !== undefined, open.has(armed.fault)),
        restoreProblem: failed !== undefined && undone === undefined && 'why' in failed ? failed.why : null,
      },
    ];
  });
}

function boundariesOf(slices: RunRecord['slices']): readonly number[] {
  return [...slices.map((slice) => slice.fromMs), ...slices.slice(-1).map((slice) => slice.toMs)];
}

/** Longest way from a cut of the measurement to the synced line in the journal that tells of the same moment. */
const sameMomentMs = 100;

/** Where the conductor cut its measurement when it struck or undid: windows end exactly there. Else the journal's own time. */
function cutAt(atMs: number | undefined, boundaries: readonly number[]): number | null {
  if (atMs === undefined) return null;
  const nearest = boundaries.reduce((best, one) => (Math.abs(one - atMs) < Math.abs(best - atMs) ? one : best), Number.POSITIVE_INFINITY);
  return Math.abs(nearest - atMs) <= sameMomentMs ? nearest : atMs;
}

function restoreOf(undone: boolean, conflict: boolean, open: boolean): FaultRecord['restore'] {
  if (undone) return 'restored';
  if (conflict) return 'conflict';
  return open ? 'open' : 'not-needed';
}
