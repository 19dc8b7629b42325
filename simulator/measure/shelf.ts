import type { Operation, Outcome } from '../../core/outcome.ts';
import type { Example } from './figures.ts';

/** Examples of each operation and outcome that are kept between two cuts: enough to find the cause, bounded in a storm. */
export const examplesMax = 20;

/** Examples of what went wrong, kept apart by the stretches between cuts: a storm in one of them never hides the next. */
export interface Shelf {
  /** Whether one more of these would be kept: making an example costs more than asking. */
  wants(operation: Operation, outcome: Outcome, atMs: number): boolean;
  put(example: Example): void;
  cut(atMs: number): void;
  /** All that were kept of [fromMs, toMs), by intended start, in the order in which they ended. */
  list(fromMs: number, toMs: number): readonly Example[];
}

type Board = { fromMs: number; kept: Example[]; counts: { [key: string]: number } };

export function createShelf(): Shelf {
  const boards: Board[] = [emptyBoard(0)];

  function boardAt(ms: number): Board {
    let index = boards.length - 1;
    while (index > 0 && (boards[index] as Board).fromMs > ms) index -= 1;
    return boards[index] as Board;
  }

  return {
    wants: (operation, outcome, atMs) => (boardAt(atMs).counts[keyOf(operation, outcome)] ?? 0) < examplesMax,
    put(example) {
      const { kept, counts } = boardAt(example.atMs);
      const key = keyOf(example.operation, example.outcome);
      counts[key] = (counts[key] ?? 0) + 1;
      kept.push(example);
    },
    cut(atMs) {
      if (atMs > (boards[boards.length - 1] as Board).fromMs) boards.push(emptyBoard(atMs));
    },
    list(fromMs, toMs) {
      const found: Example[] = [];
      for (const board of boards) for (const example of board.kept) if (example.atMs >= fromMs && example.atMs < toMs) found.push(example);
      return found;
    },
  };
}

function emptyBoard(fromMs: number): Board {
  return { fromMs, kept: [], counts: {} };
}

function keyOf(operation: Operation, outcome: Outcome): string {
  return `${operation} ${outcome}`;
}
