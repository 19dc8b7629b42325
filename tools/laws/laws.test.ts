import { describe, expect, test } from 'vitest';
import { cdfProblem, empirical } from '../../core/laws/empirical.ts';
import { exponential } from '../../core/laws/exponential.ts';
import { wholeShare } from '../../core/laws/grid.ts';
import { drawMs, type Law, residualMs, survival } from '../../core/laws/law.ts';
import { lognormal } from '../../core/laws/lognormal.ts';
import { pareto } from '../../core/laws/pareto.ts';
import { weibull } from '../../core/laws/weibull.ts';
import { random } from '../../core/random.ts';
import { lognormalQuantile, normalShare, paretoQuantile, type Quantile, weibullQuantile } from './quantiles.ts';

const meanMs = 10_000_000;
const draws = 100_000;

/** The exact law: its share of lengths up to t, with scale 1, its mean and its second moment (null where it has none). */
type Exact = { law: Law; share: (t: number) => number; quantile: Quantile; mean: number; tailTime: (t: number) => number };

const rows: readonly (readonly [string, Exact])[] = [
  ['weibull 0.5', { ...weibullRow(0.5, 2), law: weibull('0.5', meanMs) }],
  ['weibull 0.7', { ...weibullRow(0.7, 1.265_823_506), law: weibull('0.7', meanMs) }],
  ['exponential', { ...weibullRow(1, 1), law: exponential(meanMs) }],
  ['lognormal 0.5', { ...lognormalRow(0.5), law: lognormal('0.5', meanMs) }],
  ['lognormal 1', { ...lognormalRow(1), law: lognormal('1', meanMs) }],
  ['lognormal 1.69', { ...lognormalRow(1.69), law: lognormal('1.69', meanMs) }],
  ['pareto 1.5', { ...paretoRow(1.5), law: pareto('1.5', meanMs) }],
  ['pareto 2.5', { ...paretoRow(2.5), law: pareto('2.5', meanMs) }],
];

describe.each(rows)('%s', (_name, { law, share, quantile, mean, tailTime }) => {
  const exactShare = (ms: number) => share((ms / meanMs) * mean);

  test('draws lengths whose distance from the exact law is at most 0.006 at 100,000 draws (Kolmogorov and Smirnov; the goal is 0.02)', () => {
    expect(distance(drawn(law, drawMs), exactShare)).toBeLessThan(0.006);
  });

  test('has the mean that was asked for', () => {
    const survived = Array.from({ length: 200_000 }, (_, step) => survival(law, step * meanMs * 0.03) / wholeShare);
    const integral = survived.reduce((sum, each) => sum + each, -0.5) * 0.03;
    expect(Math.abs(integral - 1)).toBeLessThan(0.01);
  });

  test('has its tail where the law has it, and ends at a survival of 2^-20', () => {
    for (const left of [0.1, 0.01, 0.001, 0.0001]) {
      const exactMs = (quantile(left) / mean) * meanMs;
      expect(Math.abs(survival(law, exactMs) / wholeShare / left - 1), `survival ${left}`).toBeLessThan(0.03);
    }
    const endMs = ((law.values.at(-1) as number) / 2 ** 20) * meanMs;
    expect(Math.abs(endMs / ((quantile(2 ** -20) / mean) * meanMs) - 1)).toBeLessThan(0.02);
    expect(survival(law, endMs)).toBe(0);
  });

  test('leaves to somebody who walks in on a length what renewal theory says: f_e(t) = S(t) / E[T]', () => {
    const equilibrium = (ms: number) => 1 - tailTime((ms / meanMs) * mean) / mean;
    // The cut tail holds time, and much of it where the tail is heaviest.
    const cut = tailTime(quantile(2 ** -20)) / mean;
    expect(distance(drawn(law, residualMs), equilibrium)).toBeLessThan(0.006 + cut);
  });
});

test('the equilibrium of the sourced session law: 84 % of whom we walk in on are still there ten minutes later, 49 % of newcomers', () => {
  const law = weibull('0.5', 40 * 60_000);
  const left = (from: typeof drawMs) => drawn(law, from).filter((ms) => ms > 600_000).length / draws;
  expect(left(residualMs)).toBeCloseTo(0.84, 2);
  expect(left(drawMs)).toBeCloseTo(0.49, 2);
});

describe('measured lengths', () => {
  const cdf = [
    { share: 0.5, ms: 60_000 },
    { share: 0.9, ms: 600_000 },
    { share: 1, ms: 7_200_000 },
  ];
  const share = (ms: number) => {
    const points = [{ share: 0, ms: 0 }, ...cdf];
    const next = points.findIndex((point) => point.ms > ms);
    if (next < 0) return 1;
    const [from, to] = [points[next - 1] as (typeof cdf)[number], points[next] as (typeof cdf)[number]];
    return from.share + ((to.share - from.share) * (ms - from.ms)) / (to.ms - from.ms);
  };

  test('are drawn as they were measured, with their mean', () => {
    expect(distance(drawn(empirical(cdf), drawMs), share)).toBeLessThan(0.006);
    expect(empirical(cdf).meanMs).toBe(537_000);
  });

  test('have a residual life too', () => {
    const step = 1000;
    const timeUpTo = (ms: number) =>
      Array.from({ length: Math.floor(ms / step) }, (_, index) => 1 - share(index * step + step / 2)).reduce((sum, each) => sum + each, 0) *
      step;
    for (const ms of [30_000, 300_000, 2_000_000]) {
      const observed = drawn(empirical(cdf), residualMs).filter((each) => each <= ms).length / draws;
      expect(Math.abs(observed - timeUpTo(ms) / 537_000)).toBeLessThan(0.006);
    }
  });

  test('are refused where they are no distribution', () => {
    expect(cdfProblem(cdf)).toBe(null);
    expect(cdfProblem([])).toContain('share of 1');
    expect(cdfProblem(cdf.slice(0, 2))).toContain('share of 1');
    expect(cdfProblem([{ share: 1, ms: 0 }])).toContain('nobody stays');
    expect(
      cdfProblem([
        { share: 0.5, ms: 9 },
        { share: 0.5, ms: 10 },
        { share: 1, ms: 11 },
      ]),
    ).toContain('point 1');
    expect(
      cdfProblem([
        { share: 0.5, ms: 9 },
        { share: 1, ms: 8 },
      ]),
    ).toContain('descend');
  });
});

test('the bell of the lognormal tables is the normal one', () => {
  for (const [z, below] of [
    [0, 0.5],
    [1, 0.841_344_746],
    [-1.96, 0.024_997_895],
    [4, 0.999_968_329],
  ] as const)
    expect(normalShare(z)).toBeCloseTo(below, 8);
});

function drawn(law: Law, from: typeof drawMs): readonly number[] {
  const stream = random(17, 5);
  return Array.from({ length: draws }, () => from(law, stream));
}

/** The largest distance between what was drawn and a law, on either side of each step. */
function distance(values: readonly number[], share: (value: number) => number): number {
  const sorted = Float64Array.from(values).sort();
  let most = 0;
  // Every tenth of them: between two of these the distance can grow by 0.0001 at most.
  for (let index = 0; index < sorted.length; index += 10) {
    const exact = share(sorted[index] as number);
    most = Math.max(most, Math.abs(exact - index / sorted.length), Math.abs(exact - (index + 1) / sorted.length));
  }
  return most;
}

function weibullRow(shape: number, mean: number) {
  const share = (t: number) => 1 - Math.exp(-(t ** shape));
  return { share, quantile: weibullQuantile(shape), mean, tailTime: (t: number) => tail(share, t, weibullQuantile(shape)(1e-12)) };
}

function lognormalRow(sigma: number) {
  const share = (t: number) => (t <= 0 ? 0 : normalShare(Math.log(t) / sigma));
  const mean = Math.exp(sigma ** 2 / 2);
  // E[T; T > t] - t S(t), in closed form.
  const tailTime = (t: number) => (t <= 0 ? mean : mean * (1 - normalShare(Math.log(t) / sigma - sigma)) - t * (1 - share(t)));
  return { share, quantile: lognormalQuantile(sigma), mean, tailTime };
}

function paretoRow(shape: number) {
  const mean = 1 / (shape - 1);
  return {
    share: (t: number) => 1 - (1 + t) ** -shape,
    quantile: paretoQuantile(shape),
    mean,
    tailTime: (t: number) => mean * (1 + t) ** (1 - shape),
  };
}

/** The time beyond t, by Simpson's rule on a logarithmic axis. */
function tail(share: (t: number) => number, from: number, to: number): number {
  const [low, high] = [Math.log(from + 1e-9), Math.log(to)];
  const steps = 400;
  const width = (high - low) / steps;
  const at = (index: number) => (1 - share(Math.exp(low + index * width))) * Math.exp(low + index * width);
  let sum = at(0) + at(steps);
  for (let index = 1; index < steps; index++) sum += at(index) * (index % 2 === 1 ? 4 : 2);
  return (sum * width) / 3;
}
