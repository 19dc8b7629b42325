import { describe, expect, test } from 'vitest';
import { type K6Summary, verdictOf } from './k6-verdict.ts';
import type { Judged } from './thresholds.ts';

const judged: readonly Judged[] = [
  { metric: 'launchstorm_actions', expression: 'count>0', text: 'anybody doing anything', needs: 'data' },
  { metric: 'launchstorm_lag{phase:run}', expression: 'p(99)<=10', text: 'lag', needs: 'generator' },
  { metric: 'launchstorm_useful{of:chain,window:before}', expression: 'rate>=0.99', text: 'useful share', needs: 'promise' },
  { metric: 'launchstorm_chains{window:before}', expression: 'count>0', text: 'any chain in before', needs: 'data' },
];

/** k6 writes true for a threshold that was crossed. */
const summary = (crossed: readonly number[] = [], counts: { [metric: string]: number } = {}): K6Summary => ({
  metrics: Object.fromEntries(
    judged.map(({ metric, expression }, index) => [
      metric,
      { count: counts[metric] ?? 100, thresholds: { [expression]: crossed.includes(index) } },
    ]),
  ),
});

describe('what the end of k6 means', () => {
  test('thresholds that held are a run that held, and each promise is told', () => {
    expect(verdictOf(0, summary(), judged)).toMatchObject({
      status: 'held',
      exitCode: 0,
      judged: [{ text: 'useful share', limit: 'rate>=0.99', met: true }],
    });
  });

  test('a promise that was crossed ends broken', () => {
    expect(verdictOf(99, summary([2]), judged)).toMatchObject({
      status: 'broken',
      exitCode: 1,
      because: ['not met: useful share rate>=0.99'],
    });
  });

  test('a promise without anything to judge by is no pass, though k6 ends with 0', () => {
    const empty = verdictOf(0, summary([3], { 'launchstorm_chains{window:before}': 0 }), judged);
    expect(empty).toMatchObject({ status: 'inconclusive', exitCode: 2, judged: [{ met: null }] });
    expect(empty.because.join()).toContain('no data');
  });

  test('a generator that was late outranks a broken promise', () => {
    expect(verdictOf(99, summary([1, 2]), judged)).toMatchObject({ status: 'inconclusive', exitCode: 2 });
  });

  test.each([
    [104, 'error', 64],
    [105, 'interrupted', 130],
    [107, 'error', 70],
    [255, 'error', 70],
    [null, 'error', 70],
  ] as const)('k6 ends with %s: %s, exit code %s', (code, status, exitCode) => {
    expect(verdictOf(code, summary(), judged)).toMatchObject({ status, exitCode });
  });

  test('without a summary nothing is known', () => {
    expect(verdictOf(0, null, judged)).toMatchObject({ status: 'inconclusive', exitCode: 2 });
  });

  test('99 without a threshold that we know of is still no pass', () => {
    expect(verdictOf(99, summary(), judged)).toMatchObject({ status: 'broken', exitCode: 1 });
  });
});
