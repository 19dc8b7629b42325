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

  /** What is left, null where there is no limit. */
  restMs(): number | null {
    return this.limitMs === null ? null : Math.max(0, this.limitMs - (performance.now() - this.startedAtMs - this.waitedMs));
  }

  /** Throws OutOfTime when the budget is spent. Long work calls it every now and then. */
  check(): void {
    if (this.limitMs !== null && performance.now() - this.startedAtMs - this.waitedMs > this.limitMs) throw new OutOfTime();
  }
}

/** What a caller in the same chain leaves for us (`x-budget-ms`), in whole milliseconds; null where it says nothing, or nonsense. */
export function chainBudgetOf(header: unknown): number | null {
  return typeof header === 'string' && /^\d{1,7}$/.test(header) ? Number(header) : null;
}

/** Null is no limit. */
export function shorterOf(one: number | null, other: number | null): number | null {
  return one === null || other === null ? (one ?? other) : Math.min(one, other);
}
