import { gridShares, wholeShare } from '../../core/laws/grid.ts';
import { unit } from '../../core/laws/law.ts';

/** The exact quantile of a law at a survival in (0, 1], on any scale. The logarithm of the survival is exact where the survival is tiny. */
export type Quantile = (survival: number) => number;

export const weibullQuantile =
  (shape: number): Quantile =>
  (survival) =>
    (-Math.log(survival)) ** (1 / shape);

export const paretoQuantile =
  (shape: number): Quantile =>
  (survival) =>
    survival ** (-1 / shape) - 1;

export const lognormalQuantile =
  (sigma: number): Quantile =>
  (survival) =>
    survival === 1 ? 0 : Math.exp(sigma * normalQuantile(survival));

/** Quantiles at the points of the grid, in 1/2^20 of the mean that the table has itself, with its straight lines and its cut tail. */
export function tableOf(quantile: Quantile): readonly number[] {
  const exact = gridShares.map((share) => quantile((wholeShare - share) / wholeShare));
  const mean = meanOf(exact);
  return exact.map((value) => Math.round((value / mean) * unit));
}

/** The mean of the table, as a share of which its entries are written. */
export function meanOf(values: readonly number[]): number {
  return values.reduce((sum, from, cell) => {
    const width = ((gridShares[cell + 1] ?? wholeShare) - (gridShares[cell] as number)) / wholeShare;
    return sum + (width * (from + (values[cell + 1] ?? from))) / 2;
  }, 0);
}

/** Standard normal, upper tail: bisection on the series of Marsaglia (2004), good to 1e-9 down to a tail of 2^-20. */
function normalQuantile(survival: number): number {
  let low = -8;
  let high = 8;
  for (let halving = 0; halving < 60; halving++) {
    const middle = (low + high) / 2;
    if (1 - normalShare(middle) > survival) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

export function normalShare(z: number): number {
  if (Math.abs(z) > 8) return z < 0 ? 0 : 1;
  let term = z;
  let sum = z;
  for (let n = 3; Math.abs(term) > 1e-18 && n < 400; n += 2) {
    term *= (z * z) / n;
    sum += term;
  }
  return 0.5 + (sum * Math.exp((-z * z) / 2)) / Math.sqrt(2 * Math.PI);
}
