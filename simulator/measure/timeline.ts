import { operations } from '../../core/outcome.ts';
import { AccountingError, assertBalanced } from './accounting.ts';
import type { StretchFigures } from './figures.ts';
import { addSlice, emptyStretch, sumOfSlices } from './stretch.ts';

/** A whole second, or the part of one between two cuts. What begins in it is counted in it, however late it ends. */
export type Slice = StretchFigures;

/**
 * Slices that were handed out are merged with their neighbours after ten minutes, never across a cut: any stretch from cut to cut
 * stays exact for the whole run, single seconds for ten minutes. About 15 KB a second until then: 9 MB, however long the soak.
 */
export const secondsKeptMs = 600_000;

/** The run as a line of slices without gaps, from 0 on. Times are milliseconds since play began, by intended start. */
export interface Timeline {
  /** The slice that time lies in. Throws an AccountingError where that slice was handed out already. */
  at(ms: number): Slice;
  /**
   * Ends a slice at `ms` and begins the next. What was counted by now stays on the left, so cut now, not in hindsight.
   * Without effect in a slice that was handed out: those never change.
   */
  cut(ms: number): void;
  /** Everything that began in [fromMs, toMs), both of them boundaries of slices. Throws a RangeError for a merged second. */
  figures(fromMs: number, toMs: number): StretchFigures;
  /** Balanced slices before `horizonMs` with nothing pending, oldest first, each once. Nothing may begin before the horizon any more. */
  settled(horizonMs: number): readonly Slice[];
  /** Play has ended: nothing begins at or after `ms`. */
  end(ms: number): void;
  /** How many slices are held now. */
  length(): number;
}

export function createTimeline(): Timeline {
  const slices: Slice[] = [emptyStretch(0, 1000)];
  const cuts = new Set<number>();
  let handedOut = 0;
  let handedOutMs = 0;

  function newest(): Slice {
    return slices[slices.length - 1] as Slice;
  }

  function growTo(ms: number): void {
    for (let last = newest(); last.toMs <= ms; last = newest()) {
      const next = emptyStretch(last.toMs, nextSecond(last.toMs));
      next.players = last.players;
      slices.push(next);
    }
  }

  function indexAt(ms: number): number {
    growTo(ms);
    // Nearly always the last or the one before: no need for a search by halves.
    let index = slices.length - 1;
    while (index > 0 && (slices[index] as Slice).fromMs > ms) index -= 1;
    return index;
  }

  function assertNotMerged(ms: number): void {
    if (ms <= 0 || ms >= newest().toMs) return;
    const { fromMs, toMs } = slices[indexAt(ms)] as Slice;
    if (fromMs < ms && nextSecond(fromMs) < toMs) throw new RangeError(`${ms} ms lies within ${fromMs} to ${toMs} ms, which were merged.`);
  }

  function mergeOld(horizonMs: number): void {
    for (let index = 0; index + 1 < handedOut && (slices[index + 1] as Slice).toMs <= horizonMs - secondsKeptMs; ) {
      const [left, right] = [slices[index] as Slice, slices[index + 1] as Slice];
      if (cuts.has(left.toMs)) {
        index += 1;
        continue;
      }
      slices.splice(index, 2, joined(left, right));
      handedOut -= 1;
    }
  }

  return {
    at(ms) {
      if (ms < handedOutMs) throw new AccountingError(`An action began at ${ms} ms, but everything before ${handedOutMs} ms was settled.`);
      return slices[indexAt(ms)] as Slice;
    },
    cut(ms) {
      if (ms <= handedOutMs) return;
      const index = indexAt(ms);
      const left = slices[index] as Slice;
      cuts.add(ms);
      if (left.fromMs === ms) return;
      const right = emptyStretch(ms, left.toMs);
      right.players = left.players;
      left.toMs = ms;
      slices.splice(index + 1, 0, right);
    },
    figures(fromMs, toMs) {
      assertNotMerged(fromMs);
      assertNotMerged(toMs);
      const sum = sumOfSlices(slices, fromMs, toMs);
      assertBalanced(sum);
      return sum;
    },
    settled(horizonMs) {
      if (Number.isFinite(horizonMs)) growTo(horizonMs);
      const ready: Slice[] = [];
      for (let slice = slices[handedOut]; slice !== undefined && isSettled(slice, horizonMs); slice = slices[handedOut]) {
        assertBalanced(slice);
        ready.push(slice);
        handedOut += 1;
        handedOutMs = slice.toMs;
      }
      mergeOld(handedOutMs);
      return ready;
    },
    end(ms) {
      growTo(ms);
      const last = newest();
      // An end on a boundary leaves a slice behind that never was, or one of what began in the last instant.
      if (last.fromMs === ms && slices.length > 1 && isUntouched(last)) slices.pop();
      else last.toMs = Math.max(ms, last.fromMs + 1);
    },
    length: () => slices.length,
  };
}

function isSettled(slice: Slice, horizonMs: number): boolean {
  if (slice.toMs > horizonMs || slice.chains.pending > 0) return false;
  return operations.every((operation) => slice.operations[operation].pending === 0);
}

function isUntouched({ operations: actions, chains, sessionsBegun }: Slice): boolean {
  return sessionsBegun === 0 && chains.planned === 0 && operations.every((operation) => actions[operation].planned === 0);
}

/** A new object: the two were handed out, and what was handed out never changes. */
function joined(left: Slice, right: Slice): Slice {
  const both = emptyStretch(left.fromMs, right.toMs);
  addSlice(both, left);
  addSlice(both, right);
  return both;
}

function nextSecond(ms: number): number {
  return Math.floor(ms / 1000) * 1000 + 1000;
}
