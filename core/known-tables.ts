import { broughtAlong } from './brought-along.ts';

/**
 * Tables of whole numbers that take long to work out, each once in an engine. In k6 every player is an engine of its own, without a
 * compiler: what takes a millisecond here takes a tenth of a second there, five hundred times.
 */
const known = new Map<string, readonly number[]>(broughtAlong);

export function tableOf(name: string, workOut: () => readonly number[]): readonly number[] {
  const table = known.get(name);
  if (table !== undefined) return table;
  const fresh = workOut();
  known.set(name, fresh);
  return fresh;
}

/** All that were asked for so far. */
export function knownTables(): readonly (readonly [name: string, table: readonly number[]])[] {
  return Array.from(known);
}
