import { describe, expect, test } from 'vitest';
import { type Random, random } from '../../core/random.ts';
import { explorer } from './explorer.ts';
import { type Hold, holdMs, longestMs, meanMs, residualMs } from './hold.ts';
import { retryWaitMs } from './retry.ts';
import { pickRetryStyle, type RetryName } from './retry-style.ts';

/** Gamma(1 + 1 / 0.7): the mean of the Weibull law with scale 1. */
const weibullMean = 1.265_823_506;
const count = 100_000;
const distanceMax = 0.02;

/** Each law with its exact distribution function, as text-books give it. */
const laws: readonly { hold: Hold; below: (ms: number) => number }[] = [
  { hold: { law: 'weibull', meanMs: 3600 }, below: (ms) => 1 - Math.exp(-(((ms * weibullMean) / 3600) ** 0.7)) },
  { hold: { law: 'weibull', meanMs: 640 }, below: (ms) => 1 - Math.exp(-(((ms * weibullMean) / 640) ** 0.7)) },
  { hold: { law: 'pareto', fromMs: 3000, untilMs: 90_000 }, below: (ms) => (ms < 3000 ? 0 : ms >= 90_000 ? 1 : 1 - (3000 / ms) ** 1.5) },
  { hold: { law: 'even', fromMs: 800, toMs: 2500 }, below: (ms) => within((ms - 800) / 1700) },
];

describe.each(laws)('$hold', ({ hold, below }) => {
  const drawn = draws((stream) => holdMs(stream, hold));

  test('stays follow the law: Kolmogorov-Smirnov distance at most 0.02 at n = 100,000', () => {
    expect(distance(drawn, below)).toBeLessThan(distanceMax);
  });

  test('what is left of a stay follows the residual law of renewal theory as closely', () => {
    // The residual law is the integral of the survival, divided by the mean.
    const stepMs = Math.max(1, Math.floor(longestMs(hold) / 200_000));
    const integral = [0];
    for (let ms = 0; ms < longestMs(hold); ms += stepMs) integral.push((integral.at(-1) as number) + (1 - below(ms + stepMs / 2)) * stepMs);
    const total = integral.at(-1) as number;
    const residual = (ms: number) => (integral[Math.min(integral.length - 1, Math.round(ms / stepMs))] as number) / total;
    expect(
      distance(
        draws((stream) => residualMs(stream, hold)),
        residual,
      ),
    ).toBeLessThan(distanceMax);
  });

  test('the mean is the one that it says, within 2 %, and no stay is longer than the longest', () => {
    expect(Math.abs(average(drawn) / meanMs(hold) - 1)).toBeLessThan(0.02);
    expect(drawn.at(-1)).toBeLessThanOrEqual(longestMs(hold));
  });
});

test('think times follow the Weibull law in the tail too', () => {
  const drawn = draws((stream) => holdMs(stream, { law: 'weibull', meanMs: 100_000 }), 400_000);
  for (const quantile of [0.1, 0.25, 0.5, 0.75, 0.9, 0.99, 0.999]) {
    const exact = (100_000 * (-Math.log(1 - quantile)) ** (1 / 0.7)) / weibullMean;
    const observed = drawn[Math.floor(quantile * drawn.length)] as number;
    expect(Math.abs(observed / exact - 1), `quantile ${quantile}`).toBeLessThan(quantile > 0.99 ? 0.06 : 0.05);
  }
});

test('no think time is longer than 24.6 means', () => {
  expect(longestMs({ law: 'weibull', meanMs: 1000 })).toBeLessThan(24_600);
  expect(longestMs({ law: 'weibull', meanMs: 1000 })).toBeGreaterThan(24_000);
});

test('a steady clock is met at any point of its second, and an empty stay has nothing left', () => {
  const left = draws((stream) => residualMs(stream, { law: 'fixed', ms: 1000 }));
  expect(distance(left, (ms) => within(ms / 1000))).toBeLessThan(distanceMax);
  expect(residualMs(random(1), { law: 'fixed', ms: 0 })).toBe(0);
});

test.each<[RetryName, number, (ms: number) => number]>([
  ['backoff', 0, (ms) => within(ms / 150)],
  ['backoff', 2, (ms) => within(ms / 600)],
  ['backoff', 9, (ms) => within(ms / 1000)],
  ['impatient', 0, (ms) => within((ms - 150) / 450)],
  ['synchronised', 3, (ms) => within((ms - 2700) / 1000)],
  ['fixed', 5, (ms) => (ms < 1000 ? 0 : 1)],
  ['synchronised', 1, (ms) => (ms < 300 ? 0 : 1)],
])('waits of the style %s before try %d follow its law', (name, attempt, below) => {
  const retryStyle = pickRetryStyle(random(1), { [name]: 1 });
  // Only what the wait depends on.
  const waits = draws((stream) => retryWaitMs({ retryStyle, persona: explorer, random: stream } as never, attempt));
  expect(distance(waits, below)).toBeLessThan(distanceMax);
});

test('seeds and journeys are strangers to each other: no correlation between stays of neighbours', () => {
  const stay = (seed: number, journey: number) => holdMs(random(seed, journey, 4), { law: 'even', fromMs: 0, toMs: 1_000_000 });
  const indices = Array.from({ length: 20_000 }, (_, index) => index);
  for (const [one, other] of [
    [indices.map((index) => stay(17, index)), indices.map((index) => stay(17, index + 1))],
    [indices.map((index) => stay(17, index)), indices.map((index) => stay(18, index))],
    [indices.map((index) => stay(index, 7)), indices.map((index) => stay(index + 1, 7))],
  ] as const) {
    // 4 standard errors of the correlation of independent values.
    expect(Math.abs(correlation(one, other))).toBeLessThan(4 / Math.sqrt(indices.length));
  }
});

function draws(from: (stream: Random) => number, length = count): readonly number[] {
  const stream = random(17, 4);
  return Array.from({ length }, () => from(stream)).sort((one, other) => one - other);
}

/** Kolmogorov and Smirnov's: the largest difference of the two distribution functions. Ties are looked at as one step. */
function distance(sorted: readonly number[], below: (ms: number) => number): number {
  let largest = 0;
  for (let index = 0; index < sorted.length; index++) {
    const ms = sorted[index] as number;
    if (ms === sorted[index + 1]) continue;
    largest = Math.max(largest, Math.abs((index + 1) / sorted.length - below(ms)));
  }
  return largest;
}

function within(share: number): number {
  return Math.min(1, Math.max(0, share));
}

function average(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function correlation(xs: readonly number[], ys: readonly number[]): number {
  const [meanX, meanY] = [average(xs), average(ys)];
  const covariance = average(xs.map((x, index) => (x - meanX) * ((ys[index] as number) - meanY)));
  return covariance / Math.sqrt(average(xs.map((x) => (x - meanX) ** 2)) * average(ys.map((y) => (y - meanY) ** 2)));
}
