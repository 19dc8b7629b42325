import type { Engine } from '../../simulator/engine/engine.ts';
import type { StretchFigures } from '../../simulator/measure/figures.ts';
import type { WindowSpan } from '../windows.ts';

/** Nobody calls an answer good that takes longer than this: what has not ended by then counts against the service. */
export const waitMsMax = 3_000;

/**
 * What players meant to do up to three seconds ago, from the moment up to which everything has ended: nothing as long as the service
 * answers. Split where windows begin and end, which are cuts of the measurement.
 */
export function hangingIn(engine: Engine, settledUntilMs: number, windows: readonly WindowSpan[]): Promise<readonly StretchFigures[]> {
  const untilMs = Math.floor((engine.nowMs() - waitMsMax) / 1000) * 1000;
  if (untilMs <= settledUntilMs) return Promise.resolve([]);
  const edges = windows.flatMap(({ fromMs, toMs }) => [fromMs, toMs]).filter((edge) => edge > settledUntilMs && edge < untilMs);
  const bounds = [...new Set([settledUntilMs, ...edges, untilMs])].sort((one, other) => one - other);
  return Promise.all(bounds.slice(1).map((toMs, index) => engine.figures(bounds[index] as number, toMs)));
}
