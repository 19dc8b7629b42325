import { describe, expect, test } from 'vitest';
import { operations } from '../core/outcome.ts';
import { sentOf } from '../simulator/measure/accounting.ts';
import { toJson } from '../simulator/measure/histogram.ts';
import { shortDay } from './fixtures/simulated-plan.ts';
import { type Rehearsed, rehearse } from './fixtures/simulated-world.ts';
import { loadScenario } from './load-scenario.ts';
import type { Report } from './report/format.ts';

describe('a launch day on which everything holds', () => {
  test('is held, with a window for everything that players can be asked about', async () => {
    const shipped = await loadScenario('scenarios/launch-day.ts');
    if (!shipped.ok) throw new Error(JSON.stringify(shipped.problems));
    const { report } = await rehearse({ scenario: shipped.value.scenario });
    expect(report.verdict).toMatchObject({ status: 'held', cleanup: 'restored' });
    expect(report.exitCode).toBe(0);
    expect(report.windows.map((window) => window.name)).toEqual([
      'warmup',
      'before',
      'during:pod-kill',
      'recovery:pod-kill',
      'during:redis-auth',
      'recovery:redis-auth',
      'after',
    ]);
    expect(report.faults.map((fault) => fault.bite.proven)).toEqual([true, true]);
    expect(report.expectations.every((expectation) => expectation.met === true)).toBe(true);
  });

  test('breaks things when the scenario says so, for as long as it says, and not before the undo is written down', async () => {
    const { report, entries, open } = await rehearse();
    expect(report.faults.map(({ appliedAtMs, undoneAtMs }) => [appliedAtMs, undoneAtMs])).toEqual([
      [8000, 12_000],
      [22_000, 25_000],
    ]);
    expect(entries.map((entry) => entry.event)).toEqual([
      ...['run', 'run', 'armed', 'applied', 'applied', 'bitten', 'undone', 'armed', 'applied', 'bitten', 'undone', 'closed'],
    ]);
    for (const { id, armedAtMs, appliedAtMs, undoneAtMs } of report.faults) {
      const own = (event: string) => entries.find((entry) => 'fault' in entry && entry.fault === id && entry.event === event)?.atMs;
      expect([own('armed'), own('undone')]).toEqual([armedAtMs, undoneAtMs]);
      expect(own('applied')).toBeGreaterThanOrEqual(appliedAtMs ?? Number.NaN);
    }
    expect(open).toEqual([]);
  });

  test('windows begin and end where faults were applied, undone and recovered from', async () => {
    const { report } = await rehearse();
    const span = (name: string) => report.windows.filter((window) => window.name === name).map(({ fromMs, toMs }) => [fromMs, toMs])[0];
    const [kill, rotate] = report.faults as [Report['faults'][number], Report['faults'][number]];
    expect(span('before')).toEqual([2000, 8000]);
    expect(span('during:pod-kill')).toEqual([kill.appliedAtMs, kill.undoneAtMs]);
    expect(span('recovery:pod-kill')).toEqual([12_000, 12_000 + (kill.recoveredAfterMs ?? 0)]);
    expect(span('during:redis-auth')).toEqual([rotate.appliedAtMs, rotate.undoneAtMs]);
    expect(span('after')).toEqual([25_000 + (rotate.recoveredAfterMs ?? 0), report.durationMs]);
  });

  test('recovered takes three windows of two seconds in a row, never less', async () => {
    const { report } = await rehearse();
    expect(report.faults.map((fault) => fault.recoveredAfterMs)).toEqual([6000, 6000]);
  });

  test('a crowd too thin to be judged in two seconds is watched for longer', async () => {
    const kill = { at: '12s', for: '4s', fault: { kind: 'pod-kill' } } as const;
    const { report } = await rehearse({ scenario: { ...shortDay, timeline: [kill], settle: '30s', crowd: { players: 60 } } });
    expect(report.faults.map((fault) => fault.recoveredAfterMs)).toEqual([18_000]);
  });

  test('every action is accounted for: in every window, in the file of seconds, and against what the pods counted', async () => {
    const { report, record, world } = await rehearse();
    for (const window of report.windows) {
      for (const operation of operations) assertAccounted(window.operations[operation]);
    }
    expect(world.seconds.map(shape)).toEqual(record.slices.map(shape));
    const sent = record.slices.reduce((sum, slice) => sum + operations.reduce((of, name) => of + sentOf(slice.operations[name]), 0), 0);
    expect(sent).toBe(world.counted());
  });

  test('is the same whenever it is played with the same seed, and another one with another seed', async () => {
    const first = await rehearse({ seed: 17 });
    expect((await rehearse({ seed: 17 })).report).toEqual(first.report);
    const other = await rehearse({ seed: 18 });
    expect(other.report.windows).not.toEqual(first.report.windows);
    expect(other.report.exitCode).toBe(0);
  });

  test('shows pods and the players that were there', async () => {
    const { report, record } = await rehearse();
    expect(report.crowd).toMatchObject({ players: 150, mix: { explorer: 1, farmer: 8, wanderer: 1 } });
    expect(report.crowd.sessions).toBeGreaterThanOrEqual(150);
    expect(report.cacheEngine).toBe('memory');
    expect(report.pods.map((pod) => pod.restarts).reduce((sum, restarts) => sum + restarts, 0)).toBe(2);
    expect(report.pods.flatMap((pod) => pod.exitReasons)).toEqual(['137 killed signal', '137 killed signal']);
    expect(record.podsReadyAt.map((sample) => sample.ready)).toEqual([0, 3, 2, 3, 2, 3]);
  });
});

/** The contract's identity, from the report alone. */
function assertAccounted(figures: Report['windows'][number]['operations']['search']): void {
  const { planned, sent, ok, empty, wrong, refused, unknown, unreachable, dropped, abandoned, latencyUs } = figures;
  expect(sent).toBe(ok + empty + wrong + refused + unknown);
  expect(planned).toBe(sent + unreachable + dropped + abandoned);
  expect(latencyUs.count).toBe(sent);
}

function shape({ fromMs, toMs, operations: counted }: Rehearsed['record']['slices'][number]) {
  return { fromMs, toMs, planned: counted.search.planned, latencyUs: toJson(counted.search.latencyUs) };
}
