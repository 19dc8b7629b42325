import { expect, test } from 'vitest';
import { keptThroughput, roundOf } from '../fixtures/kept.ts';
import { type Goal, goals, judgeGoals } from './goals.ts';

const goal = (limit: Goal['limit'], measured: number | null): Goal => ({ goal: 'g', unit: 'ms', limit, figure: () => measured });

test.each([
  [{ atLeast: 8 }, 8, true],
  [{ atLeast: 8 }, 7.99, false],
  [{ atMost: 0 }, 0, true],
  [{ atMost: 0 }, 1, false],
  [{ below: 5 }, 4.99, true],
  [{ below: 5 }, 5, false],
] as const)('%j holds %d: %s', (limit, measured, reached) => {
  expect(judgeGoals({}, [goal(limit, measured)])[0]?.reached).toBe(reached);
});

test('what was not measured is neither reached nor missed', () => {
  expect(judgeGoals({}).map(({ reached }) => reached)).toEqual(goals.map(() => null));
  expect(judgeGoals({}, [goal({ below: 5 }, null)])[0]?.measured).toBe('not measured');
});

test('what never happened is missed and said so', () => {
  expect(judgeGoals({}, [goal({ atMost: 5 }, Number.POSITIVE_INFINITY)])[0]).toMatchObject({ measured: 'not in time ms', reached: false });
});

test('ratios are those of the medians of one run', () => {
  const kept = keptThroughput([
    roundOf('launchstorm', 1, 90_000),
    roundOf('launchstorm', 2, 100_000),
    roundOf('launchstorm', 3, 20_000),
    roundOf('wrk', 1, 100_000),
    roundOf('k6', 1, 9_000),
  ]);
  const judged = judgeGoals(kept);
  expect(judged.find(({ goal: text }) => text.includes('which checks nothing'))).toMatchObject({ measured: '0.90 x', reached: true });
  expect(judged.find(({ goal: text }) => text === 'against k6')).toMatchObject({ measured: '10.0 x', reached: true });
  expect(judged.find(({ goal: text }) => text === 'against Goose')).toMatchObject({ reached: null });
});

test('one per cent of empty chests is one per cent of searches, though a chain that finds one is short', () => {
  const round = roundOf('launchstorm', 1, 1000);
  // 1,000 searches, 10 of them empty: 990 x 3 + 10 requests.
  const kept = keptThroughput([{ ...round, serverRequests: 2980, own: { ...round.own, requests: 2980, empty: 10 } }]);
  const shares = judgeGoals(kept).filter(({ goal: text }) => text.includes('share of all rounds'));
  expect(shares).toMatchObject([
    { measured: '1.00 %', reached: true },
    { measured: '1.00 %', reached: true },
  ]);
});

test('books that differ are missed, whichever side has more', () => {
  const base = keptThroughput([]);
  const machine = base.throughput?.machine as NonNullable<typeof base.throughput>['machine'];
  const figures = { sent: 10, searches: 4, ok: 9, empty: 1, others: 0, logLines: 11, loggedEmpty: 1 };
  const judged = judgeGoals({ accounting: { part: 'accounting', machine, command: '', figures } });
  expect(judged.find(({ goal: text }) => text.includes('access log'))).toMatchObject({ measured: '1.00 requests', reached: false });
});
