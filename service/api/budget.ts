/** The work on a request took longer than it may; the answer is 503. */
export class OutOfTime extends Error {
  override readonly name = 'OutOfTime';
}

/** How much time the work on one request may take. What it spends waiting for Redis is limited elsewhere and does not count. */
export class Budget {
  private readonly limitMs: number | null;
  private readonly startedAtMs: number;
  private waitedMs = 0;

  constructor(limitMs: number | null, startedAtMs: number) {
    this.limitMs = limitMs;
    this.startedAtMs = startedAtMs;
  }

  addWait(ms: number): void {
    this.waitedMs += ms;
  }

  /** Throws OutOfTime when the budget is spent. Long work calls it every now and then. */
  check(): void {
    if (this.limitMs !== null && performance.now() - this.startedAtMs - this.waitedMs > this.limitMs) throw new OutOfTime();
  }
}
