import { operations, outcomes, refusalClasses } from '../../core/outcome.ts';
import type { ChainFigures, OperationFigures, StretchFigures } from './figures.ts';
import { emptyHistogram, merge } from './histogram.ts';

/** A stretch [fromMs, toMs) in which nothing has happened yet. */
export function emptyStretch(fromMs: number, toMs: number): StretchFigures {
  return {
    fromMs,
    toMs,
    operations: { search: noActions(), spawns: noActions(), biome: noActions() },
    chains: { planned: 0, pending: 0, completed: 0, useful: 0, latencyUs: emptyHistogram() },
    players: 0,
    sessionsBegun: 0,
  };
}

/**
 * What all slices that begin in [fromMs, toMs) counted together, as one stretch of that name. Slices in the order of time; exact
 * where both ends are slice boundaries.
 */
export function sumOfSlices(slices: readonly StretchFigures[], fromMs: number, toMs: number): StretchFigures {
  const sum = emptyStretch(fromMs, toMs);
  for (const slice of slices) if (slice.fromMs >= fromMs && slice.fromMs < toMs) addSlice(sum, slice);
  return sum;
}

/** Adds a slice that lies after everything added so far. */
export function addSlice(sum: StretchFigures, slice: StretchFigures): void {
  for (const operation of operations) addActions(sum.operations[operation], slice.operations[operation]);
  addChains(sum.chains, slice.chains);
  sum.players = slice.players;
  sum.sessionsBegun += slice.sessionsBegun;
}

/** Adds what other players did in the same stretch. */
export function addBeside(sum: StretchFigures, beside: StretchFigures): void {
  const players = sum.players + beside.players;
  addSlice(sum, beside);
  sum.players = players;
}

function addActions(sum: OperationFigures, added: OperationFigures): void {
  sum.planned += added.planned;
  sum.pending += added.pending;
  for (const outcome of outcomes) sum.outcomes[outcome] += added.outcomes[outcome];
  for (const refusal of refusalClasses) sum.refusals[refusal] += added.refusals[refusal];
  merge(sum.latencyUs, added.latencyUs);
  merge(sum.serviceUs, added.serviceUs);
}

function addChains(sum: ChainFigures, added: ChainFigures): void {
  sum.planned += added.planned;
  sum.pending += added.pending;
  sum.completed += added.completed;
  sum.useful += added.useful;
  merge(sum.latencyUs, added.latencyUs);
}

function noActions(): OperationFigures {
  return {
    planned: 0,
    pending: 0,
    outcomes: { ok: 0, empty: 0, wrong: 0, refused: 0, unknown: 0, unreachable: 0, dropped: 0, abandoned: 0 },
    refusals: { '4xx': 0, '429': 0, '5xx': 0 },
    latencyUs: emptyHistogram(),
    serviceUs: emptyHistogram(),
  };
}
