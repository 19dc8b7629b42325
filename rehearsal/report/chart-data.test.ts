import { describe, expect, test } from 'vitest';
import { chartDataOf, joinShort } from './chart-data.ts';
import { sampleReport } from './fixtures/sample-report.ts';
import type { ReportSecond } from './format.ts';

const report = sampleReport();

function second(fromMs: number, toMs: number, changes: Partial<ReportSecond> = {}): ReportSecond {
  return { ...(report.seconds[10] as ReportSecond), fromMs, toMs, ...changes };
}

describe('slices that were cut at the edge of a window', () => {
  const cut = [
    second(0, 1000, { planned: 100, searchP99Us: 5000, searchCount: 40 }),
    second(1000, 1120, { planned: 12, searchP99Us: 9000, searchCount: 4, players: 400 }),
    second(1120, 2000, { planned: 88, searchP99Us: 6000, searchCount: 36, players: 399 }),
  ];

  test('are joined to their neighbour without losing a count', () => {
    const joined = joinShort(cut, 500);
    expect(joined.map(({ fromMs, toMs, planned }) => [fromMs, toMs, planned])).toEqual([
      [0, 1120, 112],
      [1120, 2000, 88],
    ]);
  });

  test('never average percentiles: the worst part is shown with its own count', () => {
    expect(joinShort(cut, 500)[0]).toMatchObject({ searchP99Us: 9000, searchCount: 4 });
  });

  test('a point shows players and pods as they were at its end', () => {
    expect(joinShort(cut, 5000)).toMatchObject([{ fromMs: 0, toMs: 2000, planned: 200, players: 399 }]);
  });
});

describe('the columns', () => {
  const data = chartDataOf(report);

  test('are as long as the time axis', () => {
    for (const chart of data.charts) for (const { values } of chart.series) expect(values).toHaveLength(data.fromSeconds.length);
  });

  test('hold rates, not counts: half a second with 50 actions is 100 per second', () => {
    const halves = [second(0, 500, { planned: 50 }), second(500, 1000, { planned: 50 })];
    const rates = chartDataOf({ ...report, seconds: halves }).charts[0]?.series[0]?.values;
    expect(rates).toEqual([100, 100]);
  });

  test('leave out outcomes that never occurred', () => {
    const troubles = data.charts.find((chart) => chart.id === 'troubles')?.series.map((series) => series.label);
    expect(troubles).toEqual(['empty', 'refused', 'unknown', 'unreachable']);
  });

  test('a latency that swings by orders of magnitude starts on a logarithmic scale, a steady one on a linear one', () => {
    const steady = report.seconds.map((each) => ({ ...each, searchP99Us: 6000 }));
    const scaleOf = (seconds: readonly ReportSecond[]) =>
      chartDataOf({ ...report, seconds: [...seconds] }).charts.find(({ id }) => id === 'latency')?.scale;
    expect(scaleOf(report.seconds)).toBe('logarithmic');
    expect(scaleOf(steady)).toBe('linear');
  });

  test('shade what really was broken and how long it took to recover', () => {
    expect(data.shades.map(({ kind, label, fromSeconds, toSeconds }) => [kind, label, fromSeconds, toSeconds])).toEqual([
      ['fault', 'pod-kill', 15, 25],
      ['recovery', 'recovery', 25, 31],
      ['fault', 'redis-auth', 45, 55],
      ['recovery', 'recovery', 55, 61],
    ]);
  });
});
