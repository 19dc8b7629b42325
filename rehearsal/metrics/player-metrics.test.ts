import { Registry } from 'prom-client';
import { expect, test } from 'vitest';
import { createSimulatedClock } from '../../core/simulated-clock.ts';
import type { Engine } from '../../simulator/engine/engine.ts';
import type { StretchFigures } from '../../simulator/measure/figures.ts';
import { record } from '../../simulator/measure/histogram.ts';
import { emptyStretch } from '../../simulator/measure/stretch.ts';
import type { WindowSpan } from '../windows.ts';
import { hangingIn } from './hanging.ts';
import { createPlayerMetrics } from './player-metrics.ts';

const windows: readonly WindowSpan[] = [
  { name: 'before', fromMs: 0, toMs: 2000 },
  { name: 'during:redis-auth', fromMs: 2000, toMs: 9000 },
];

/** A second in which ten searches were meant, of which so many had a useful answer, each after 2 ms. */
function second(fromMs: number, ok: number): StretchFigures {
  const stretch = emptyStretch(fromMs, fromMs + 1000);
  const { search } = stretch.operations;
  Object.assign(search, { planned: 10, pending: 10 - ok });
  search.outcomes.ok = ok;
  for (let n = 0; n < ok; n++) record(search.latencyUs, 2000);
  return stretch;
}

async function published(registry: Registry): Promise<{ planned: string; ok: string; during: string }> {
  const text = await registry.metrics();
  const value = (name: string) =>
    text
      .split('\n')
      .find((line) => line.startsWith(`${name} `))
      ?.split(' ')[1] ?? 'none';
  return {
    planned: value('launchstorm_actions_planned_total{operation="search"}'),
    ok: value('launchstorm_actions_total{operation="search",outcome="ok"}'),
    during: value('launchstorm_action_latency_seconds_count{operation="search",window="during:redis-auth"}'),
  };
}

test('what hangs is published as planned and of no use, and counts once when it has ended at last', async () => {
  const registry = new Registry();
  const metrics = createPlayerMetrics(registry);
  expect(await published(registry)).toEqual({ planned: '0', ok: '0', during: 'none' });
  for (const fromMs of [0, 1000]) metrics.add(second(fromMs, 10), windows);
  metrics.show([second(2000, 1), second(3000, 0)], windows);
  expect(await published(registry)).toEqual({ planned: '40', ok: '21', during: '1' });
  metrics.show([second(2000, 4), second(3000, 0)], windows);
  expect(await published(registry)).toEqual({ planned: '40', ok: '24', during: '4' });
  metrics.add(second(2000, 10), windows);
  metrics.show([second(3000, 2)], windows);
  expect(await published(registry)).toEqual({ planned: '40', ok: '32', during: '12' });
  metrics.add(second(3000, 10), windows);
  metrics.show([], windows);
  expect(await published(registry)).toEqual({ planned: '40', ok: '40', during: '20' });
});

test('nothing hangs before three seconds, and then it is asked for window by window', async () => {
  const asked: string[] = [];
  const clock = createSimulatedClock(async () => {});
  const engine = {
    nowMs: () => clock.nowMs(),
    figures: async (fromMs: number, toMs: number) => {
      asked.push(`${fromMs}-${toMs}`);
      return emptyStretch(fromMs, toMs);
    },
  } as unknown as Engine;
  await clock.runFor(4900);
  expect(await hangingIn(engine, 1000, windows)).toEqual([]);
  await clock.runFor(2600);
  expect(await hangingIn(engine, 1000, windows)).toHaveLength(2);
  expect(asked).toEqual(['1000-2000', '2000-4000']);
});
