import { expect, test } from 'vitest';
import { createSimulatedClock } from '../../core/simulated-clock.ts';
import type { Platform } from '../../platforms/platform.ts';
import { startSampling } from './sampler.ts';

const metrics = { hits: { metric: 'hits_total', labels: {} } };

/** A platform of which only the metric is asked. */
const answering = (metric: () => Promise<number | null>): Platform => ({ metric }) as unknown as Platform;

test('reads once a second, and what nobody answers is null', async () => {
  const clock = createSimulatedClock();
  const values = [null, 5, new Error('gone'), 7];
  const next = async (): Promise<number | null> => {
    const value = values.shift() ?? null;
    if (value instanceof Error) throw value;
    return value;
  };
  const sampler = startSampling(answering(next), metrics, clock);
  await clock.runFor(4_500);
  expect(sampler.stop()['hits']).toEqual([
    { atMs: 1000, value: null },
    { atMs: 2000, value: 5 },
    { atMs: 3000, value: null },
    { atMs: 4000, value: 7 },
  ]);
});

test('asks nobody once it was stopped, nor where nothing is to be read', async () => {
  const clock = createSimulatedClock();
  let asked = 0;
  const counting = answering(async () => ++asked);
  startSampling(counting, metrics, clock).stop();
  startSampling(counting, {}, clock);
  await clock.runFor(5_000);
  expect(asked).toBe(0);
});
