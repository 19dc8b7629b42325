import { PerformanceObserver, performance } from 'node:perf_hooks';

/** A pause of the collector as the runtime reports it: wall-clock start and length. */
export type GcPause = { startMs: number; durationMs: number };

/** How many of the newest seconds are kept open: pauses are reported late, exactly when there are many. */
const secondsOpen = 120;

/** Books pauses to the wall-clock seconds in which they happened, split at the borders. */
export class GcLedger {
  private readonly pausedMsBySecond = new Map<number, number>();
  totalSeconds = 0;
  /** Worst share of one wall-clock second, 0..1. */
  worstShare = 0;
  /** How many seconds were spent in collection by more than half, and by more than nine tenths. */
  secondsAboveHalf = 0;
  secondsAboveNineTenths = 0;

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
    if (beforeMs <= 500 && sumMs > 500) this.secondsAboveHalf += 1;
    if (beforeMs <= 900 && sumMs > 900) this.secondsAboveNineTenths += 1;
    this.worstShare = Math.max(this.worstShare, Math.min(1, sumMs / 1_000));
    if (this.pausedMsBySecond.size > secondsOpen) this.pausedMsBySecond.delete(Math.min(...this.pausedMsBySecond.keys()));
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
