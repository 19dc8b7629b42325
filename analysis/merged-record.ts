import type { RunRecord } from '../rehearsal/record.ts';
import { reportOf } from '../rehearsal/report-of-run.ts';
import { windowsOf } from '../rehearsal/windows.ts';
import type { GeneratorFigures, StretchFigures } from '../simulator/measure/figures.ts';
import { emptyHistogram, merge } from '../simulator/measure/histogram.ts';
import { addSlice, emptyStretch } from '../simulator/measure/stretch.ts';
import { holesIn } from './completeness.ts';
import type { Family } from './kinship.ts';
import { type Part, partOf } from './part.ts';
import { edgesOf, endOf, pour, straddling } from './time-axis.ts';

/**
 * The record of one run that saw what all of these saw. Counts are added and histograms merged, second by second; windows, faults,
 * pods and what is said about the run as a whole come from the conductor (`lead`).
 */
export function mergedRecord({ lead, others, expect }: Family, runId: string, runnersExpected: number | null): RunRecord {
  const beganMs = Date.parse(lead.header.startedAt);
  const parts = [lead, ...others].map((runner) => partOf(runner, expect, beganMs));
  const conductor = (parts[0] as Part).record;
  const edges = sharedEdges(parts);
  const durationMs = Math.max(...parts.map(({ record, offsetMs }) => record.durationMs + offsetMs));
  const joinedMs = Math.max(...parts.map(({ record, offsetMs }) => record.joinedAtMs + offsetMs));
  const joinedAtMs = edges.find((edge) => edge >= joinedMs) ?? durationMs;
  return {
    ...conductor,
    header: { ...conductor.header, runId, players: sumOf(parts, ({ record }) => record.header.players) },
    durationMs,
    joinedAtMs,
    slices: sumOfParts(parts, edges),
    generator: sumOfGenerators(parts),
    sessions: sumOf(parts, ({ record }) => record.sessions),
    examples: parts.flatMap(({ record, offsetMs }) => record.examples.map((example) => ({ ...example, atMs: example.atMs + offsetMs }))),
    doubts: holesIn(parts, runnersExpected, durationMs),
    notes: [...conductor.notes, ...remarksOn(parts), ...edgesMissed(parts, joinedAtMs, durationMs)],
  };
}

/** The conductor's edges, on which windows begin and end; beyond its end those of whoever played longest. */
function sharedEdges(parts: readonly Part[]): readonly number[] {
  const [lead] = parts as [Part];
  const longest = parts.reduce((last, part) => (endMsOf(part) > endMsOf(last) ? part : last), lead);
  const own = edgesOf(lead.record.slices);
  const beyond = edgesOf(longest.record.slices)
    .map((edge) => edge + longest.offsetMs)
    .filter((edge) => edge > (own.at(-1) ?? 0));
  return own[0] === 0 ? [...own, ...beyond] : [0, ...own, ...beyond];
}

function endMsOf({ record, offsetMs }: Part): number {
  return endOf(record.slices) + offsetMs;
}

function sumOfParts(parts: readonly Part[], edges: readonly number[]): readonly StretchFigures[] {
  const poured = parts.map(({ record, offsetMs }) => pour(record.slices, offsetMs, edges));
  return edges.slice(1).map((toMs, cell) => {
    const sum = emptyStretch(edges[cell] as number, toMs);
    const shares = poured.map((cells) => cells[cell] as StretchFigures);
    for (const share of shares) addSlice(sum, share);
    sum.players = sumOf(shares, ({ players }) => players);
    return sum;
  });
}

/** Lags are merged; CPU is what all generators used together, memory that of the biggest one. */
function sumOfGenerators(parts: readonly Part[]): GeneratorFigures | null {
  const known = parts.flatMap(({ record }) => (record.generator === null ? [] : [record.generator]));
  if (known.length === 0) return null;
  const lagUs = emptyHistogram();
  for (const generator of known) merge(lagUs, generator.lagUs);
  return {
    lagUs,
    dropped: sumOf(known, ({ dropped }) => dropped),
    cpuShare: sumOf(known, ({ cpuShare }) => cpuShare),
    rssBytesMax: Math.max(...known.map(({ rssBytesMax }) => rssBytesMax)),
  };
}

function remarksOn(parts: readonly Part[]): readonly string[] {
  return [...whoPlayed(parts), ...seedsOf(parts), ...versionsOf(parts), ...lateOnes(parts)];
}

function whoPlayed(parts: readonly Part[]): readonly string[] {
  const told = parts.map(({ place, record: { header } }) => `${place} (run ${header.runId}, ${header.players} players)`);
  return [`joined from ${parts.length} ${parts.length === 1 ? 'runner' : 'runners'}: ${told.join(', ')}; windows are those of the first`];
}

function seedsOf(parts: readonly Part[]): readonly string[] {
  const seeds = [...new Set(parts.map(({ record }) => record.header.seed))];
  return seeds.length > 1 ? [`each runner had a crowd of its own, from the seeds ${seeds.join(', ')}`] : [];
}

function versionsOf(parts: readonly Part[]): readonly string[] {
  const versions = [...new Set(parts.flatMap(({ record }) => record.header.versions['launchstorm'] ?? []))];
  return versions.length > 1 ? [`the runners were of different versions: ${versions.join(', ')}`] : [];
}

/** One late runner among many hardly shows in the lag of all, but it shows in what its own players felt. */
function lateOnes(parts: readonly Part[]): readonly string[] {
  return parts.flatMap(({ place, record }) => {
    const late = reportOf(record).verdict.because.filter((word) => word.startsWith('the generator was late'));
    return late.map((word) => `${place}: ${word}`);
  });
}

function edgesMissed([lead, ...others]: readonly Part[], joinedAtMs: number, durationMs: number): readonly string[] {
  const inside = windowsOf(joinedAtMs, durationMs, lead?.record.faults ?? []).map(({ fromMs }) => fromMs);
  return others.flatMap(({ place, record, offsetMs }) => {
    const missed = straddling(record.slices, offsetMs, inside);
    if (missed === 0) return [];
    const lie = missed === 1 ? `1 second of ${place} lies` : `${missed} seconds of ${place} lie`;
    return [`${lie} on both sides of a window's edge; each is counted where its middle lies`];
  });
}

function sumOf<T>(list: readonly T[], of: (each: T) => number): number {
  return list.reduce((sum, each) => sum + of(each), 0);
}
