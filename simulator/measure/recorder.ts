import type { Operation, Outcome, RefusalClass } from '../../core/outcome.ts';
import type { OperationFigures } from './figures.ts';
import { record } from './histogram.ts';
import type { Slice, Timeline } from './timeline.ts';

/**
 * Writes down what players do. An action is planned into the slice of its intended start, stays pending there, and ends there:
 * whoever starts it keeps the slice and hands it back. Times in milliseconds since play began, lengths in microseconds.
 */

export function planAction(timeline: Timeline, operation: Operation, intendedMs: number): Slice {
  const slice = timeline.at(intendedMs);
  const figures = actionsOf(slice, operation);
  figures.planned += 1;
  figures.pending += 1;
  return slice;
}

/** It was sent, and this came of it. `status` is that of a complete answer, 0 where there was none. */
export function endSent(slice: Slice, operation: Operation, ended: SentAction): void {
  const figures = actionsOf(slice, operation);
  figures.pending -= 1;
  if (ended.outcome === 'ok') figures.outcomes.ok += 1;
  else figures.outcomes[ended.outcome] += 1;
  if (ended.outcome === 'refused') figures.refusals[refusalClass(ended.status)] += 1;
  record(figures.latencyUs, ended.latencyUs);
  record(figures.serviceUs, ended.serviceUs);
}

export type SentAction = { outcome: Outcome; status: number; latencyUs: number; serviceUs: number };

/** It was planned, but nothing left this machine. */
export function endUnsent(slice: Slice, operation: Operation, outcome: 'unreachable' | 'dropped' | 'abandoned'): void {
  const figures = actionsOf(slice, operation);
  figures.pending -= 1;
  figures.outcomes[outcome] += 1;
}

/** A chain begins with its first action's intended start. */
export function planChain(timeline: Timeline, intendedMs: number): Slice {
  const slice = timeline.at(intendedMs);
  slice.chains.planned += 1;
  slice.chains.pending += 1;
  return slice;
}

/** Every link was of use. */
export function endChainUseful({ chains }: Slice, latencyUs: number): void {
  chains.pending -= 1;
  chains.completed += 1;
  chains.useful += 1;
  record(chains.latencyUs, latencyUs);
}

/** A link was of no use. `completed`: all the same, each of the three links got an answer. */
export function endChainLost({ chains }: Slice, completed: boolean): void {
  chains.pending -= 1;
  if (completed) chains.completed += 1;
}

/** Play ended in the middle of it: it was neither useful nor lost, and is not counted, as its next action is not. */
export function takeChainBack({ chains }: Slice): void {
  chains.planned -= 1;
  chains.pending -= 1;
}

export function noteJoined(timeline: Timeline, nowMs: number): void {
  timeline.at(nowMs).sessionsBegun += 1;
  timeline.changePlayers(nowMs, 1);
}

export function noteLeft(timeline: Timeline, nowMs: number): void {
  timeline.changePlayers(nowMs, -1);
}

/** By name and not by key: for each request a look-up by a key that is another one each time costs more than counting. */
function actionsOf({ operations }: Slice, operation: Operation): OperationFigures {
  if (operation === 'search') return operations.search;
  return operation === 'spawns' ? operations.spawns : operations.biome;
}

function refusalClass(status: number): RefusalClass {
  if (status === 429) return '429';
  return status >= 500 ? '5xx' : '4xx';
}
