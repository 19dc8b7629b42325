import type { OperationFigures } from '../simulator/measure/figures.ts';
import { quantile } from '../simulator/measure/histogram.ts';
import type { Vitals } from './recovery.ts';

/** What recovery and steady state look at, of one operation. What has not ended yet is not useful: a hanging service is not well. */
export function vitalsOf(figures: OperationFigures): Vitals {
  return {
    samples: figures.latencyUs.count,
    p99Us: quantile(figures.latencyUs, 0.99),
    usefulShare: figures.planned === 0 ? null : figures.outcomes.ok / figures.planned,
  };
}
