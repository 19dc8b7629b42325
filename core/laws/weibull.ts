import { gridShares } from './grid.ts';
import { type Law, lawOf } from './law.ts';
import { weibull05, weibull07 } from './tables.ts';

/**
 * Weibull, S(t) = exp(-(t / scale)^shape), with a shape below 1: whoever has stayed for long will stay for longer still.
 * The table against the exact law: shares within 0.0007 (shape 0.5) and 0.0005 (0.7), quantiles within 0.6 % and 0.2 % beyond the first
 * sixteenth, the mean exact. Once in 1,048,576 it ends, at 96 means (0.5) and 34 means (0.7); 0.01 % of the mean lies beyond.
 */
export const weibullShapes = { '0.5': weibull05, '0.7': weibull07 } as const;

export type WeibullShape = keyof typeof weibullShapes;

export function weibull(shape: WeibullShape, meanMs: number): Law {
  return lawOf(gridShares, weibullShapes[shape], meanMs);
}
