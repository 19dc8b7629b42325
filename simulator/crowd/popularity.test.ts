import { expect, test } from 'vitest';
import { random } from '../../core/random.ts';
import { pickRank, shareOfFirst, shuffled, zipf } from './popularity.ts';

test.each([
  [1000, 700],
  [1000, 1000],
  [400, 680],
  [1, 700],
  [1024, 0],
])('%d places with exponent %d / 1000 are as popular as Zipf says', (places, exponentPerMille) => {
  const exact = Array.from({ length: places }, (_, index) => (index + 1) ** (-exponentPerMille / 1000));
  const total = exact.reduce((sum, weight) => sum + weight, 0);
  const sums = zipf(places, exponentPerMille);
  const drawn = sums.map((sum, rank) => (sum - (sums[rank - 1] ?? 0)) / (sums.at(-1) as number));
  exact.forEach((weight, rank) => {
    expect(Math.abs((drawn[rank] as number) / (weight / total) - 1)).toBeLessThan(0.001);
  });
});

test('the top 5 % of a thousand places hold 30 % of all visits with an exponent of 0.65, a third with the default of 0.7, and 60 % at 1', () => {
  expect(shareOfFirst(zipf(1000, 650), 50) / 10_000).toBeCloseTo(30, 0);
  expect(shareOfFirst(zipf(1000, 700), 50) / 10_000).toBeGreaterThan(30);
  expect(shareOfFirst(zipf(1000, 700), 50) / 10_000).toBeLessThan(35);
  expect(shareOfFirst(zipf(1000, 1000), 50) / 10_000).toBeCloseTo(60, 0);
  expect(shareOfFirst(zipf(1000, 1000), 1) / 10_000).toBeCloseTo(13, 0);
});

test('ranks are drawn by that law: Kolmogorov-Smirnov distance at most 0.02 at 100,000 draws', () => {
  const popularity = zipf(1000, 700);
  const counts = new Array<number>(1000).fill(0);
  const stream = random(17, 3);
  let sum = 0;
  let distance = 0;
  for (let drawn = 0; drawn < 100_000; drawn++) {
    const rank = pickRank(stream, popularity);
    counts[rank] = (counts[rank] as number) + 1;
  }
  counts.forEach((count, rank) => {
    sum += count;
    distance = Math.max(distance, Math.abs(sum / 100_000 - shareOfFirst(popularity, rank + 1) / 1_000_000));
  });
  expect(distance).toBeLessThan(0.02);
  expect(counts.filter((count) => count === 0)).toEqual([]);
});

test('an order holds every number once, and another path gives another order', () => {
  const order = shuffled(1024, 17, 1, 0, 0);
  expect([...order].sort((one, other) => one - other)).toEqual(Array.from({ length: 1024 }, (_, index) => index));
  expect(shuffled(1024, 17, 1, 0, 0)).toEqual(order);
  expect(shuffled(1024, 17, 1, 0, 1)).not.toEqual(order);
});
