import { expect, test } from 'vitest';
import type { Expectation } from '../scenario.ts';
import { plannedWindows } from './planned-windows.ts';
import { judgedBy, missingWindows, notJudged, thresholdsOf } from './thresholds.ts';

const expectations: readonly Expectation[] = [
  { share: 'useful', of: 'chain', atLeast: 0.95, in: 'every during' },
  { latency: 0.99, of: 'search', atMost: '250ms', in: ['before', 'after'] },
  { recovery: 'latency', of: 'search', within: '20s', after: 'every fault' },
];
const fault = { id: 'pod-kill', kind: 'pod-kill', variant: 'crash', atMs: 15_000, forMs: 10_000, pods: 1, everyMs: null } as const;
const timetable = { joinMs: 4_000, endMs: 60_000, faults: [fault], expect: expectations };

test('windows stand where the timeline puts them, and a recovery takes what the scenario allows', () => {
  expect(plannedWindows(timetable).map(({ name, fromMs, toMs }) => [name, fromMs, toMs])).toEqual([
    ['warmup', 0, 4_000],
    ['before', 4_000, 15_000],
    ['during:pod-kill', 15_000, 25_000],
    ['recovery:pod-kill', 25_000, 42_500],
    ['after', 42_500, 60_000],
  ]);
});

test('each promise is a threshold in each of its windows, with a guard against nothing at all beside it', () => {
  const judged = judgedBy(expectations, plannedWindows(timetable));
  expect(judged.filter(({ needs }) => needs === 'promise').map(({ metric, expression }) => `${metric} ${expression}`)).toEqual([
    'launchstorm_useful{of:chain,window:during:pod-kill} rate>=0.95',
    'launchstorm_latency{of:search,window:before} p(99)<=250',
    'launchstorm_latency{of:search,window:after} p(99)<=250',
  ]);
  const guards = judged.filter(({ needs }) => needs === 'data').map(({ metric }) => metric);
  expect(guards).toContain('launchstorm_chains{window:during:pod-kill}');
  expect(guards).toContain('launchstorm_actions{of:search,window:before,sent:yes}');
  expect(thresholdsOf(judged)['launchstorm_lag{phase:run}']).toEqual(['p(99)<=25']);
});

test('what no threshold can hold, and windows that this play does not have, are said', () => {
  expect(notJudged(expectations)).toHaveLength(1);
  const short = plannedWindows({ ...timetable, endMs: 20_000 });
  expect(missingWindows(expectations, short)).toEqual(['after']);
});
