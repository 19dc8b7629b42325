import { describe, expect, test } from 'vitest';
import { playedWith, podWith, toldEvidence } from './fixtures/evidence.ts';
import { exitCodeOfRows, type JudgedRow, judgeRows } from './judge.ts';
import type { Evidence } from './played.ts';
import { playsFor, rowsOf, storyRows } from './rows.ts';
import { rowNumber } from './story-row.ts';

const told = toldEvidence();
const judged = (plays: Evidence['plays'] = told.plays): readonly JudgedRow[] => judgeRows(storyRows, { ...told, plays });
const verdictOf = (id: string, plays: Evidence['plays'] = told.plays): string =>
  judged(plays).find((row) => row.id === id)?.verdict ?? 'no such row';

test('a story that goes as it was told reaches every row that decides, and ends with 0', () => {
  expect(judged().filter(({ decides, verdict }) => decides && verdict !== 'reached')).toEqual([]);
  expect(exitCodeOfRows(judged())).toBe(0);
});

test('all twelve rows are told; 1 to 4, 6 and 8 to 11 decide, but for what is marked with *', () => {
  expect([...new Set(storyRows.map(rowNumber))]).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]);
  expect([...new Set(storyRows.filter(({ decides }) => decides).map(rowNumber))]).toEqual([1, 2, 3, 4, 6, 8, 9, 10, 11]);
  for (const { sentence, decides } of storyRows) if (sentence.endsWith('*')) expect(decides).toBe(false);
});

describe('each row goes red', () => {
  const slow = playedWith({ ok: 5_000 });
  const unwell = playedWith({ ok: 5_000, p99Us: 15_000 }, { pods: [podWith({ restarts: 1 })] });
  const cases: readonly (readonly [row: string, plays: Evidence['plays']])[] = [
    ['1a', { stagingSynthetic: playedWith({ ok: 1_000 }) }],
    ['1b', { inheritedSynthetic: playedWith({ ok: 1_000 }) }],
    ['1c', { inheritedExplorers: playedWith({ ok: 2_000, empty: 4_000 }) }],
    ['1d', { inheritedExplorers: playedWith({ ok: 2_000 }) }],
    ['1e', { stagingExplorers: told.plays.inheritedExplorers as NonNullable<Evidence['plays']['inheritedExplorers']> }],
    ['2', { inheritedExplorers: playedWith({ ok: 2_000 }) }],
    ['3a', { inheritedExplorers: playedWith({ ok: 2_000 }, { pods: [podWith({ gcShareMax: 0.49 })] }) }],
    ['3c', { inheritedExplorers: playedWith({ ok: 2_000 }, { pods: [podWith({ exitReasons: ['0 exited'] })] }) }],
    ['4b', { withoutDisk: { ...slow, series: { gcSeconds: told.plays.compactions?.series['gcSeconds'] ?? [] } } }],
    [
      '6a',
      {
        careless: playedWith(
          { ok: 1 },
          {
            telemetry: {
              played: [
                { pod: 'a', environment: 'x', configHash: 'y', redisUp: true, redisAuthRefused: 0, cacheLookups: null, cacheHits: null },
              ],
              shown: [],
            },
          },
        ),
      },
    ],
    ['8b', { hits: playedWith({ ok: 1, p50Us: 800 }) }],
    ['10a', { launch: slow }],
    ['10b', { launch: unwell }],
    ['10c', { launch: slow }],
    ['10d', { launch: unwell }],
    ['10e', { launch: playedWith({ ok: 11_000 }, { cache: { lookups: 1000, hits: 790 } }) }],
  ];
  test.each(cases)('row %s', (row, plays) => {
    expect(verdictOf(row, { ...told.plays, ...plays })).toBe('missed');
  });
});

test('what was not played is not shown, which is not reached: it ends with 1', () => {
  const { launch: _launch, ...without } = told.plays;
  expect(verdictOf('10a', without)).toBe('not shown here');
  expect(exitCodeOfRows(judged(without))).toBe(1);
});

test('a play that proves nothing either way shows nothing', () => {
  const doubtful = playedWith(
    { ok: 11_000 },
    { verdict: { status: 'inconclusive', cleanup: 'nothing', because: ['the generator was late'] } },
  );
  expect(verdictOf('10a', { ...told.plays, launch: doubtful })).toBe('not shown here');
});

test('where nothing at all was measured it ends with 2', () => {
  expect(exitCodeOfRows(judgeRows(rowsOf([1, 10]), { ...told, plays: {} }))).toBe(2);
});

test('the rows that are asked for say what must be played, each play once and in order', () => {
  expect(playsFor(rowsOf([3, 1]))).toEqual(['stagingSynthetic', 'inheritedSynthetic', 'stagingExplorers', 'inheritedExplorers']);
  expect(playsFor(rowsOf([7, 12]))).toEqual([]);
});
