import type { PlayName } from './play-rows.ts';
import type { Evidence } from './played.ts';

/** What a row came to. `met` null: the plays did not show it. */
export type Reading = { readonly measured: string; readonly met: boolean | null };

/** One sentence of the founding story, and what this machine has to say to it. */
export type StoryRow = {
  /** Number of the row in the story, and a letter where it says several things. */
  readonly id: string;
  readonly sentence: string;
  /** The story's own figure. */
  readonly said: string;
  /** What we ask. */
  readonly limit: string;
  readonly plays: readonly PlayName[];
  readonly basis: 'real' | 'modelled' | 'not judged yet';
  /** Whether the exit code depends on it. */
  readonly decides: boolean;
  readonly read: (evidence: Evidence) => Reading;
};

export const notShown: Reading = { measured: 'not shown', met: null };

export function rowNumber({ id }: StoryRow): number {
  return Number.parseInt(id, 10);
}

export function percent(share: number | null): string {
  return share === null ? '–' : `${(100 * share).toFixed(share < 0.1 ? 2 : 1)} %`;
}
