import { lognormalQuantile, paretoQuantile, type Quantile, weibullQuantile } from './quantiles.ts';

/** Every table there is: its name in `core/laws/tables.ts`, and the law that it is made from. */
export const lawRows: readonly { name: string; quantile: Quantile }[] = [
  { name: 'weibull05', quantile: weibullQuantile(0.5) },
  { name: 'weibull07', quantile: weibullQuantile(0.7) },
  { name: 'exponential1', quantile: weibullQuantile(1) },
  { name: 'lognormal05', quantile: lognormalQuantile(0.5) },
  { name: 'lognormal1', quantile: lognormalQuantile(1) },
  { name: 'lognormal169', quantile: lognormalQuantile(1.69) },
  { name: 'pareto15', quantile: paretoQuantile(1.5) },
  { name: 'pareto25', quantile: paretoQuantile(2.5) },
];
