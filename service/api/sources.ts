import type { ValueSource } from '../cache/levels.ts';
import type { Budget } from './budget.ts';

/** A value that is computed only while the budget lasts; waiting for the cache is not the request's own work. */
export function sourceWithin<Value>(budget: Budget, compute: () => Value): ValueSource<Value> {
  return {
    waitedMs: (ms) => budget.addWait(ms),
    restMs: () => budget.restMs(),
    compute: () => {
      budget.check();
      return compute();
    },
  };
}
