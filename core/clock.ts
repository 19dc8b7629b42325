/** Time as an argument: the same code runs on the machine's clock and on a simulated one. */
export interface Clock {
  /** Monotonic milliseconds with fractions; only differences mean something. */
  nowMs(): number;
  /** Milliseconds since the epoch, for stamps that people read; may jump. */
  wallMs(): number;
  /** Calls back once, at or after `delayMs` from now. Returns a function that cancels it. */
  after(delayMs: number, callback: () => void): () => void;
}

/** Resolves after `delayMs` on that clock. */
export function sleep(clock: Clock, delayMs: number): Promise<void> {
  return new Promise((resolve) => {
    clock.after(delayMs, resolve);
  });
}
