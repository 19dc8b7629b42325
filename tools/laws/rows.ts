import { lognormalShare, paretoShare, type Share, weibullShare } from './exact.ts';
import { lognormalQuantile, paretoQuantile, type Quantile, weibullQuantile } from './quantiles.ts';

/** A table: its name in `core/laws/tables.ts`, the law that it is made from, and that law's mean with scale 1. */
export type LawRow = { name: string; law: string; quantile: Quantile; share: Share; mean: number };

export const lawRows: readonly LawRow[] = [
  weibull('weibull05', 0.5, 2),
  weibull('weibull07', 0.7, 1.265_823_506),
  { ...weibull('exponential1', 1, 1), law: 'exponential, S(t) = exp(-t / scale)' },
  lognormal('lognormal05', 0.5),
  lognormal('lognormal1', 1),
  lognormal('lognormal169', 1.69),
  pareto('pareto15', 1.5),
  pareto('pareto25', 2.5),
];

/** The mean is the gamma function at 1 + 1 / shape. */
function weibull(name: string, shape: number, mean: number): LawRow {
  const law = `Weibull, S(t) = exp(-(t / scale)^${shape})`;
  return { name, law, quantile: weibullQuantile(shape), share: weibullShare(shape), mean };
}

function lognormal(name: string, sigma: number): LawRow {
  const law = `lognormal, standard deviation ${sigma} of the logarithm`;
  return { name, law, quantile: lognormalQuantile(sigma), share: lognormalShare(sigma), mean: Math.exp(sigma ** 2 / 2) };
}

function pareto(name: string, shape: number): LawRow {
  const law = `Pareto of the second kind, S(t) = (1 + t / scale)^-${shape}`;
  return { name, law, quantile: paretoQuantile(shape), share: paretoShare(shape), mean: 1 / (shape - 1) };
}
