import { appendFile, readFile } from 'node:fs/promises';
import { type Outcome, operations, type RefusalClass } from '../core/outcome.ts';
import type { ChainFigures, OperationFigures, StretchFigures } from '../simulator/measure/figures.ts';
import { fromJson, type HistogramJson, toJson } from '../simulator/measure/histogram.ts';
import { emptyStretch } from '../simulator/measure/stretch.ts';

/**
 * `seconds.ndjson`: one line a second (less at a window's edge) and operation, and one for the chains, with mergeable histograms.
 * Several runs are joined by adding counts and histograms; percentiles are never averaged. Appended while the run goes on, so
 * that a killed run still has its figures.
 */
type Line = { fromMs: number; toMs: number; players: number; sessionsBegun: number } & (OperationLine | ChainLine);
type OperationLine = { operation: 'search' | 'spawns' | 'biome'; planned: number } & { [outcome in Outcome]: number } & {
  refusals: { [refusal in RefusalClass]: number };
  latencyUs: HistogramJson;
  serviceUs: HistogramJson;
};
type ChainLine = { operation: 'chain'; planned: number; completed: number; useful: number; latencyUs: HistogramJson };

export async function appendSeconds(path: string, slices: readonly StretchFigures[]): Promise<void> {
  await appendFile(path, slices.flatMap(linesOf).join(''));
}

/** Every slice that was written; a torn last line (the run was killed while writing) is left out. */
export async function readSeconds(path: string): Promise<readonly StretchFigures[]> {
  const text = await readFile(path, 'utf8').catch(() => '');
  const slices = new Map<number, StretchFigures>();
  for (const lineText of text.split('\n')) {
    const line = parseLine(lineText);
    if (line === null) continue;
    const slice = slices.get(line.fromMs) ?? emptyStretch(line.fromMs, line.toMs);
    slices.set(line.fromMs, slice);
    fill(slice, line);
  }
  return [...slices.values()].sort((left, right) => left.fromMs - right.fromMs);
}

function linesOf(slice: StretchFigures): readonly string[] {
  const { fromMs, toMs, players, sessionsBegun, chains } = slice;
  const when = { fromMs, toMs, players, sessionsBegun };
  const actions = operations.map((operation): Line => {
    const { planned, outcomes, refusals, latencyUs, serviceUs } = slice.operations[operation];
    return { ...when, operation, planned, ...outcomes, refusals, latencyUs: toJson(latencyUs), serviceUs: toJson(serviceUs) };
  });
  const chain: Line = {
    ...when,
    operation: 'chain',
    planned: chains.planned,
    completed: chains.completed,
    useful: chains.useful,
    latencyUs: toJson(chains.latencyUs),
  };
  return [...actions, chain].map((line) => `${JSON.stringify(line)}\n`);
}

function parseLine(text: string): Line | null {
  if (text === '') return null;
  try {
    return JSON.parse(text) as Line;
  } catch {
    return null;
  }
}

function fill(slice: StretchFigures, line: Line): void {
  slice.players = line.players;
  slice.sessionsBegun = line.sessionsBegun;
  if (line.operation === 'chain') slice.chains = chainOf(line);
  else slice.operations[line.operation] = actionsOf(line);
}

function chainOf({ planned, completed, useful, latencyUs }: ChainLine): ChainFigures {
  return { planned, pending: 0, completed, useful, latencyUs: fromJson(latencyUs) };
}

function actionsOf(line: OperationLine): OperationFigures {
  const { ok, empty, wrong, refused, unknown, unreachable, dropped, abandoned } = line;
  return {
    planned: line.planned,
    pending: 0,
    outcomes: { ok, empty, wrong, refused, unknown, unreachable, dropped, abandoned },
    refusals: line.refusals,
    latencyUs: fromJson(line.latencyUs),
    serviceUs: fromJson(line.serviceUs),
  };
}
