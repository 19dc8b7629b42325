import { gridShares } from './grid.ts';
import { type Law, lawOf } from './law.ts';
import { exponential1 } from './tables.ts';

/**
 * Exponential, S(t) = exp(-t / mean): no memory, the gaps of a Poisson process. The table against the exact law: shares within 0.0004,
 * quantiles within 0.1 % beyond the first sixteenth, the mean exact. Once in 1,048,576 it ends, at 13.9 means; 0.0001 % of the mean lies
 * beyond.
 */
export function exponential(meanMs: number): Law {
  return lawOf(gridShares, exponential1, meanMs);
}
