import { Counter, Histogram, Registry } from 'prom-client';
import { expect, test } from 'vitest';
import { secondsBuckets } from './link-metrics.ts';
import { PairTally, TimeTally } from './tallies.ts';

const words = { name: 'x_total', help: 'Some.' };

/** The same series with the same values, in whatever order. */
const linesOf = async (registry: Registry): Promise<string[]> => (await registry.metrics()).split('\n').sort();

test('counts by two labels are shown as the registry itself would show them, however often it is asked', async () => {
  const [ours, theirs] = [new Registry(), new Registry()];
  const tally = new PairTally<string, string>([ours], words, ['a', 'b']);
  const counter = new Counter({ ...words, labelNames: ['a', 'b'], registers: [theirs] });
  for (const [a, b, count] of [
    ['x', 'one', 0],
    ['x', 'two', 1],
    ['y', 'one', 3],
    ['x', 'two', 2],
  ] as const) {
    tally.add(a, b, count);
    counter.inc({ a, b }, count);
    expect(await linesOf(ours)).toEqual(await linesOf(theirs));
  }
});

test('times are shown as the registry itself would show them', async () => {
  const [ours, theirs] = [new Registry(), new Registry()];
  const tally = new TimeTally<string>([ours], words, 'a');
  const histogram = new Histogram({ ...words, labelNames: ['a'], buckets: secondsBuckets, registers: [theirs] });
  const seconds = [0, 0.0004, 0.0005, 0.00051, 0.01, 2.5, 5, 5.1, 700, ...secondsBuckets];
  for (const [n, took] of seconds.entries()) {
    const a = n % 3 === 0 ? 'x' : 'y';
    tally.add(a, took);
    histogram.observe({ a }, took);
  }
  expect(await linesOf(ours)).toEqual(await linesOf(theirs));
});
