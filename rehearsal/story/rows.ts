import type { PlayName } from './play-rows.ts';
import { playRows } from './play-rows.ts';
import { rowsAfter } from './rows-after.ts';
import { rowsBandaid } from './rows-bandaid.ts';
import { rowsBefore } from './rows-before.ts';
import { rowNumber, type StoryRow } from './story-row.ts';

/** The founding story, sentence by sentence. */
export const storyRows: readonly StoryRow[] = [...rowsBefore, ...rowsBandaid, ...rowsAfter];

/** All of them, or those of the numbers that somebody named. */
export function rowsOf(numbers: readonly number[] | null): readonly StoryRow[] {
  return storyRows.filter((row) => numbers === null || numbers.includes(rowNumber(row)));
}

/** What must be played for these rows, in the order of the plays. */
export function playsFor(rows: readonly StoryRow[]): readonly PlayName[] {
  return (Object.keys(playRows) as PlayName[]).filter((play) => rows.some(({ plays }) => plays.includes(play)));
}
