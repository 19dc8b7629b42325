import { expect, test } from 'vitest';
import { operations, outcomes } from '../../core/outcome.ts';
import { systemClock } from '../../machine/system-clock.ts';
import { type Rehearsed, rehearse } from '../fixtures/simulated-world.ts';
import { type Samples, samplesAt, sumOf } from './fixtures/samples.ts';
import { openPrometheus } from './prometheus.ts';

type Watched = { rehearsed: Rehearsed; samples: Samples };

/** A simulated launch day with Prometheus looking on, and the page as it stands at its end. */
async function watched(): Promise<Watched> {
  const opened = await openPrometheus(0, systemClock);
  if (!opened.ok) throw new Error('no port');
  const rehearsed = await rehearse({ onlooker: opened.value });
  const line = rehearsed.world.lines.find((each) => each.startsWith('metrics: ')) as string;
  const samples = await samplesAt(line.replace('metrics: ', ''));
  await opened.value.end(rehearsed.record);
  await expect(fetch(line.replace('metrics: ', ''))).rejects.toThrow();
  return { rehearsed, samples };
}

test('a run that is looked at is the same run, and what is published is what the report counts', async () => {
  const [unseen, { rehearsed, samples }] = await Promise.all([rehearse(), watched()]);
  expect(rehearsed.record).toEqual(unseen.record);
  const { slices } = rehearsed.record;
  for (const operation of operations) {
    const label = `operation="${operation}"`;
    const planned = slices.reduce((sum, slice) => sum + slice.operations[operation].planned, 0);
    const sent = slices.reduce((sum, slice) => sum + slice.operations[operation].latencyUs.count, 0);
    expect(planned).toBeGreaterThan(500);
    expect(sumOf(samples, 'launchstorm_actions_planned_total', label)).toBe(planned);
    expect(sumOf(samples, 'launchstorm_action_latency_seconds_count', label)).toBe(sent);
    expect(sumOf(samples, 'launchstorm_action_service_seconds_count', label)).toBe(sent);
    for (const outcome of outcomes) {
      const counted = slices.reduce((sum, slice) => sum + slice.operations[operation].outcomes[outcome], 0);
      expect([outcome, sumOf(samples, 'launchstorm_actions_total', label, `outcome="${outcome}"`)]).toEqual([outcome, counted]);
    }
  }
  expect(sumOf(samples, 'launchstorm_chains_useful_total')).toBe(slices.reduce((sum, { chains }) => sum + chains.useful, 0));
});

test('latency is told apart by the windows of the report, each action in the window in which it was meant', async () => {
  const { rehearsed, samples } = await watched();
  for (const { name, operations: figures } of rehearsed.report.windows) {
    const published = sumOf(samples, 'launchstorm_action_latency_seconds_count', 'operation="search"', `window="${name}"`);
    expect([name, published]).toEqual([name, figures.search.latencyUs.count]);
  }
  expect(sumOf(samples, 'launchstorm_action_latency_seconds_count', 'window="none"')).toBeGreaterThan(0);
  const windows = [...samples.keys()].filter((key) => key.startsWith('launchstorm_window_active{'));
  expect(windows).toHaveLength(8);
  expect(sumOf(samples, 'launchstorm_window_active', 'window="after"')).toBe(1);
  expect(sumOf(samples, 'launchstorm_window_active')).toBe(1);
});
