import { wholeShare } from './grid.ts';
import { type Law, lawOf, unit } from './law.ts';

/** A point of a distribution as somebody has measured it: `share` of all lengths (0..1) are at most `ms` long. */
export type CdfPoint = { share: number; ms: number };

/**
 * Lengths as they were measured: straight lines between the points that are given, from a share of 0 (at 0 ms, where it is not given) to a
 * share of 1. Nothing is made up beyond the last point: a log has no longer session than its longest one.
 */
export function empirical(cdf: readonly CdfPoint[]): Law {
  const points = (cdf[0] as CdfPoint).share > 0 ? [{ share: 0, ms: 0 }, ...cdf] : cdf;
  const shares = points.map(({ share }) => Math.floor(share * wholeShare));
  const meanMs = meanOf(points);
  return lawOf(
    shares,
    points.map(({ ms }) => Math.floor((ms / meanMs) * unit)),
    meanMs,
  );
}

/** Whole milliseconds, at least 1. */
function meanOf(points: readonly CdfPoint[]): number {
  let mean = 0;
  for (let cell = 0; cell + 1 < points.length; cell++) {
    const { share, ms } = points[cell] as CdfPoint;
    const next = points[cell + 1] as CdfPoint;
    mean += ((next.share - share) * (ms + next.ms)) / 2;
  }
  return mean < 1 ? 1 : Math.floor(mean + 0.5);
}

/** Why these points are no distribution, or null. */
export function cdfProblem(cdf: readonly CdfPoint[]): string | null {
  const last = cdf[cdf.length - 1];
  if (last === undefined || last.share !== 1) return 'the last point has no share of 1';
  if (last.ms <= 0) return 'nobody stays at all';
  for (let index = 1; index < cdf.length; index++) {
    const [before, point] = [cdf[index - 1] as CdfPoint, cdf[index] as CdfPoint];
    if (point.share <= before.share) return `point ${index}: the shares do not ascend`;
    if (point.ms < before.ms) return `point ${index}: the lengths descend`;
  }
  return null;
}
