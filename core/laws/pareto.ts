import { gridShares } from './grid.ts';
import { type Law, lawOf } from './law.ts';
import { pareto15, pareto25 } from './tables.ts';

/**
 * Pareto of the second kind (Lomax), S(t) = (1 + t / scale)^-shape: the heaviest tail here; with shape 1.5 it has no variance. The table
 * against the exact law: shares within 0.003 (shape 1.5) and 0.0006 (2.5), quantiles within 1.3 % and 0.2 % beyond the first sixteenth, the
 * mean exact. Once in 1,048,576 it ends, at 5,206 means (1.5) and 382 (2.5); 1 % and 0.02 % of the exact mean lie beyond and are made up
 * for by stretching the rest.
 */
export const paretoShapes = { '1.5': pareto15, '2.5': pareto25 } as const;

export type ParetoShape = keyof typeof paretoShapes;

export function pareto(shape: ParetoShape, meanMs: number): Law {
  return lawOf(gridShares, paretoShapes[shape], meanMs);
}
