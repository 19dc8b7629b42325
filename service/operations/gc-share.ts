import { PerformanceObserver, performance } from 'node:perf_hooks';

/** A pause of the collector as the runtime reports it: wall-clock start and length. */
export type GcPause = { startMs: number; durationMs: number };

/** How many of the newest seconds are kept open: pauses are reported late, exactly when there are many. */
const secondsOpen = 120;

/** Hears of a second when its share crosses a half, again when it crosses nine tenths, and whenever it is the worst yet by a twentieth. */
export type PressureListener = (second: number, share: number) => void;

/**
 * Books pauses to the wall-clock seconds in which they happened, split at the borders. The runtime tells of pauses, not of the small
 * steps in which it marks between them: shares are what the collector took at least.
 */
export class GcLedger {
  private readonly onPressure: PressureListener;
  private readonly pausedMsBySecond = new Map<number, number>();
  totalSeconds = 0;
  /** Worst share of one wall-clock second, 0..1. */
  worstShare = 0;
  /** Worst share that the listener has heard of: a process that dies of it tells no more than that. */
  private worstToldShare = 0;
  /** How many seconds were spent in collection by more than half, and by more than nine tenths. */
  secondsAboveHalf = 0;
  secondsAboveNineTenths = 0;

  constructor(onPressure: PressureListener = () => {}) {
    this.onPressure = onPressure;
  }

  add(pause: GcPause): void {
    this.totalSeconds += pause.durationMs / 1_000;
    const endMs = pause.startMs + pause.durationMs;
    for (let fromMs = pause.startMs; fromMs < endMs; ) {
      const second = Math.floor(fromMs / 1_000);
      const untilMs = Math.min(endMs, (second + 1) * 1_000);
      this.book(second, untilMs - fromMs);
      fromMs = untilMs;
    }
  }

  /** Share of a second (epoch seconds), 0 where nothing is known of it. */
  shareOf(second: number): number {
    return Math.min(1, (this.pausedMsBySecond.get(second) ?? 0) / 1_000);
  }

  private book(second: number, pausedMs: number): void {
    const beforeMs = this.pausedMsBySecond.get(second) ?? 0;
    const sumMs = beforeMs + pausedMs;
    this.pausedMsBySecond.set(second, sumMs);
    // A second is counted when it crosses the mark, however late the pause is told that lifts it over.
    const crosses = (markMs: number): boolean => beforeMs <= markMs && sumMs > markMs;
    if (crosses(500)) this.secondsAboveHalf += 1;
    if (crosses(900)) this.secondsAboveNineTenths += 1;
    const share = Math.min(1, sumMs / 1_000);
    if (crosses(500) || crosses(900) || (share > 0.5 && share >= this.worstToldShare + 0.05)) this.tell(second, share);
    this.worstShare = Math.max(this.worstShare, share);
    if (this.pausedMsBySecond.size > secondsOpen) this.pausedMsBySecond.delete(Math.min(...this.pausedMsBySecond.keys()));
  }

  private tell(second: number, share: number): void {
    this.worstToldShare = Math.max(this.worstToldShare, share);
    this.onPressure(second, share);
  }
}

/** Feeds a ledger from the runtime's own GC events, from now on. Returns a function that stops it. */
export function watchGc(ledger: GcLedger): () => void {
  const observer = new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) ledger.add({ startMs: performance.timeOrigin + entry.startTime, durationMs: entry.duration });
  });
  observer.observe({ entryTypes: ['gc'] });
  return () => observer.disconnect();
}
