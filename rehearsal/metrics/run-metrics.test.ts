import { Registry } from 'prom-client';
import { expect, test } from 'vitest';
import { shortDay, simulatedHeader, simulatedPlan } from '../fixtures/simulated-plan.ts';
import type { LiveState } from '../report/live.ts';
import { createRunMetrics } from './run-metrics.ts';

const plan = simulatedPlan(shortDay, 7);

test('a fault is active from the moment it was applied until it is put back, and there from the beginning', async () => {
  const registry = new Registry();
  const metrics = createRunMetrics(registry, plan, simulatedHeader(plan));
  const active = async (faults: LiveState['faults']) => {
    metrics.show(stateWith(faults), []);
    return (await registry.metrics()).split('\n').filter((line) => line.startsWith('launchstorm_fault_active{'));
  };
  const kill = 'launchstorm_fault_active{fault="pod-kill",kind="pod-kill",variant="crash"}';
  const auth = 'launchstorm_fault_active{fault="redis-auth",kind="redis-auth",variant="rotate"}';
  expect(await active([])).toEqual([`${kill} 0`, `${auth} 0`]);
  expect(await active([{ id: 'pod-kill', appliedAtMs: null, undoneAtMs: null }])).toEqual([`${kill} 0`, `${auth} 0`]);
  expect(await active([{ id: 'pod-kill', appliedAtMs: 8000, undoneAtMs: null }])).toEqual([`${kill} 1`, `${auth} 0`]);
  expect(await active([{ id: 'pod-kill', appliedAtMs: 8000, undoneAtMs: 12_000 }])).toEqual([`${kill} 0`, `${auth} 0`]);
});

test('restarts and dropped actions are shown as they stand, however often they are told', async () => {
  const registry = new Registry();
  const metrics = createRunMetrics(registry, plan, simulatedHeader(plan));
  const pod = {
    name: 'pod-1',
    state: 'ready' as const,
    process: null,
    processes: [],
    restarts: 2,
    exits: [],
    gcShareMax: 0,
    rssBytesMax: 0,
  };
  metrics.pods([pod]);
  metrics.pods([{ ...pod, restarts: 3 }]);
  expect(await registry.metrics()).toContain('launchstorm_pod_restarts_total{pod="pod-1"} 3\n');
});

function stateWith(faults: LiveState['faults']): LiveState {
  const nothing = { ok: 0, empty: 0, wrong: 0, refused: 0, unknown: 0, unreachable: 0, dropped: 0, abandoned: 0 };
  const crowd = { players: 3, requestsPerSecond: 0, p99Us: null, p99Count: 0, outcomes: nothing };
  return { phase: '', elapsedMs: 9000, totalMs: 40_000, ...crowd, podsReady: 3, podsTotal: 3, openFaults: [], faults };
}
