import { wholeCrowd } from '../../../core/arrivals.ts';
import { type Due, DueQueue } from '../../../core/due-queue.ts';
import { arrivalsOf } from '../../crowd/arrivals.ts';
import { type Crowd, stayMs } from '../../crowd/crowd.ts';

/** Who arrives when, in the order of time. Iteration k of k6 is the k-th of them: runners of one test take turns without a word. */
export type TimetableRow = { journey: number; atMs: number };

/** Everybody who arrives before `endMs`, of the whole crowd. */
export function timetableOf(crowd: Crowd, endMs: number): readonly TimetableRow[] {
  const rows: TimetableRow[] = [];
  for (const arrivals = arrivalsOf(crowd, wholeCrowd, endMs); arrivals.atMs < endMs; arrivals.next()) {
    rows.push({ journey: arrivals.journey, atMs: arrivals.atMs });
  }
  return rows;
}

/** An answer may be waited for beyond the time at which a player meant to leave. */
const lingerMs = 10_000;

/** As many as ever play at once, and one in twenty more: runners do not share evenly, and who is late must not wait for a place. */
export function placesFor(crowd: Crowd, rows: readonly TimetableRow[]): number {
  const leaving = new DueQueue<Due>();
  let most = 0;
  for (const { journey, atMs } of rows) {
    while (leaving.first !== undefined && leaving.first.dueMs <= atMs) leaving.take();
    leaving.add({ dueMs: atMs + stayMs(crowd, journey) + lingerMs, journey });
    if (leaving.size > most) most = leaving.size;
  }
  return Math.max(1, Math.min(rows.length, most + Math.ceil(most / 20) + 2));
}
