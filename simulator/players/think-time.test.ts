import { expect, test } from 'vitest';
import { random } from '../../core/random.ts';
import { residualThinkMs, thinkMs } from './think-time.ts';

const shape = 0.7;
/** Gamma(1 + 1 / 0.7) and Gamma(1 + 2 / 0.7): mean and second moment of the Weibull law with scale 1. */
const mean = 1.265_823_506;
const secondMoment = 5.029_144_7;

test('the mean think time is the one that was asked for, within 2 %', () => {
  for (const meanMs of [700, 3800, 60_000]) {
    const drawn = draws(200_000, (stream) => thinkMs(stream, meanMs));
    expect(Math.abs(average(drawn) / meanMs - 1)).toBeLessThan(0.02);
  }
});

test('think times follow the Weibull law in the body and in the tail', () => {
  const drawn = draws(400_000, (stream) => thinkMs(stream, 100_000)).sort((one, other) => one - other);
  for (const quantile of [0.1, 0.25, 0.5, 0.75, 0.9, 0.99, 0.999]) {
    const exact = (100_000 * (-Math.log(1 - quantile)) ** (1 / shape)) / mean;
    const observed = drawn[Math.floor(quantile * drawn.length)] as number;
    expect(Math.abs(observed / exact - 1), `quantile ${quantile}`).toBeLessThan(quantile > 0.99 ? 0.06 : 0.05);
  }
});

test('no think time is longer than 24.6 means', () => {
  const longest = Math.max(...draws(100_000, (stream) => thinkMs(stream, 1000)));
  expect(longest).toBeLessThan(24_600);
  expect(longest).toBeGreaterThan(12_000);
});

test('what is left of a pause that we walk in on has the mean of renewal theory', () => {
  const drawn = draws(50_000, (stream) => residualThinkMs(stream, 10_000));
  const exact = (10_000 * secondMoment) / (2 * mean * mean);
  expect(Math.abs(average(drawn) / exact - 1)).toBeLessThan(0.03);
});

function draws(count: number, from: (stream: ReturnType<typeof random>) => number): number[] {
  const stream = random(17, 4);
  return Array.from({ length: count }, () => from(stream));
}

function average(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
