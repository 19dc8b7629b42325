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
export class Timeline {
  private readonly slices: Slice[] = [emptyStretch(0, 1000)];
  private readonly cuts = new Set<number>();
  private handedOut = 0;
  private handedOutMs = 0;

  /** How many slices are held now. */
  get length(): number {
    return this.slices.length;
  }

  /** The slice that time lies in. Throws an AccountingError where that slice was handed out already. */
  at(ms: number): Slice {
    if (ms < this.handedOutMs) {
      throw new AccountingError(`Something began at ${ms} ms, but everything before ${this.handedOutMs} ms was settled.`);
    }
    return this.slices[this.indexAt(ms)] as Slice;
  }

  /** From then on there are so many players more; later slices may be there already, behind a cut that is to come. */
  changePlayers(ms: number, by: number): void {
    for (let index = this.indexAt(ms); index < this.slices.length; index++) (this.slices[index] as Slice).players += by;
  }

  /**
   * Ends a slice at `ms` and begins the next. What was counted by now stays on the left, so cut now or ahead, not in hindsight.
   * Without effect in a slice that was handed out: those never change.
   */
  cut(ms: number): void {
    if (ms <= this.handedOutMs) return;
    const index = this.indexAt(ms);
    const left = this.slices[index] as Slice;
    this.cuts.add(ms);
    if (left.fromMs === ms) return;
    const right = emptyStretch(ms, left.toMs);
    right.players = left.players;
    left.toMs = ms;
    this.slices.splice(index + 1, 0, right);
  }

  /** Everything that began in [fromMs, toMs), both of them boundaries of slices. Throws a RangeError for a second that was merged. */
  figures(fromMs: number, toMs: number): StretchFigures {
    this.assertNotMerged(fromMs);
    this.assertNotMerged(toMs);
    const sum = sumOfSlices(this.slices, fromMs, toMs);
    assertBalanced(sum);
    return sum;
  }

  /** Balanced slices before `horizonMs` with nothing pending, oldest first, each once. Nothing may begin before the horizon any more. */
  settled(horizonMs: number): readonly Slice[] {
    if (Number.isFinite(horizonMs)) this.growTo(horizonMs);
    const ready: Slice[] = [];
    for (let slice = this.slices[this.handedOut]; slice !== undefined && isSettled(slice, horizonMs); slice = this.slices[this.handedOut]) {
      assertBalanced(slice);
      ready.push(slice);
      this.handedOut += 1;
      this.handedOutMs = slice.toMs;
    }
    this.mergeBefore(this.handedOutMs - secondsKeptMs);
    return ready;
  }

  /** Play has ended: nothing begins after `ms`. */
  end(ms: number): void {
    this.growTo(ms);
    const last = this.newest();
    // An end on a boundary leaves a slice behind that never was, or one of what began in the last instant.
    if (last.fromMs === ms && this.slices.length > 1 && isUntouched(last)) this.slices.pop();
    else last.toMs = Math.max(ms, last.fromMs + 1);
  }

  private newest(): Slice {
    return this.slices[this.slices.length - 1] as Slice;
  }

  private growTo(ms: number): void {
    for (let last = this.newest(); last.toMs <= ms; last = this.newest()) {
      const next = emptyStretch(last.toMs, nextSecond(last.toMs));
      next.players = last.players;
      this.slices.push(next);
    }
  }

  private indexAt(ms: number): number {
    this.growTo(ms);
    // Nearly always the last or the one before: no need for a search by halves.
    let index = this.slices.length - 1;
    while (index > 0 && (this.slices[index] as Slice).fromMs > ms) index -= 1;
    return index;
  }

  private mergeBefore(beforeMs: number): void {
    for (let index = 0; index + 1 < this.handedOut && (this.slices[index + 1] as Slice).toMs <= beforeMs; ) {
      const left = this.slices[index] as Slice;
      if (this.cuts.has(left.toMs)) {
        index += 1;
        continue;
      }
      this.slices.splice(index, 2, joined(left, this.slices[index + 1] as Slice));
      this.handedOut -= 1;
    }
  }

  private assertNotMerged(ms: number): void {
    if (ms <= 0 || ms >= this.newest().toMs) return;
    const { fromMs, toMs } = this.slices[this.indexAt(ms)] as Slice;
    if (fromMs < ms && nextSecond(fromMs) < toMs) throw new RangeError(`${ms} ms lies within ${fromMs} to ${toMs} ms, which were merged.`);
  }
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
