import { gridShares } from './grid.ts';
import { type Law, lawOf } from './law.ts';
import { lognormal1, lognormal05, lognormal169 } from './tables.ts';

/**
 * Lognormal: the logarithm is normal with standard deviation `sigma`; the mean is e^(sigma^2 / 2) medians. The table against the exact law:
 * shares within 0.0008, quantiles within 0.4 % beyond the first sixteenth, the mean exact. Once in 1,048,576 it ends, at 9.5 means (0.5),
 * 71 (1) and 750 (1.69); 0.1 % of the mean lies beyond at 1.69.
 */
export const lognormalSigmas = { '0.5': lognormal05, '1': lognormal1, '1.69': lognormal169 } as const;

export type LognormalSigma = keyof typeof lognormalSigmas;

export function lognormal(sigma: LognormalSigma, meanMs: number): Law {
  return lawOf(gridShares, lognormalSigmas[sigma], meanMs);
}
