import { expect, test } from 'vitest';
import type { Outcome } from '../core/outcome.ts';
import { emptyStretch } from '../simulator/measure/stretch.ts';
import { exitCodeOf } from './exit-code.ts';
import { judgeLoad } from './load-expectation.ts';
import { decide } from './verdict.ts';

test.each<[string, { [outcome in Outcome]?: number }, number, string]>([
  ['one useful answer among many others', { ok: 1, wrong: 99 }, 0, 'players only'],
  ['nothing but what was not asked for', { wrong: 70, refused: 30 }, 1, '0 of 100 complete answers (70 wrong, 30 refused), expected >= 1'],
  ['nothing but empty chests', { empty: 100 }, 1, '0 of 100 complete answers (100 empty), expected >= 1'],
  ['a single refusal among time-outs', { refused: 1, unknown: 99 }, 1, '0 of 1 complete answers (1 refused), expected >= 1'],
  ['time-outs and broken connections', { unknown: 60, unreachable: 40, abandoned: 3 }, 2, 'no complete answer to any of 100 actions'],
  ['nothing that was begun', { abandoned: 3 }, 2, 'no data: useful answers in run'],
])('%s', (_name, counts, exitCode, words) => {
  const figures = emptyStretch(0, 1000);
  Object.assign(figures.operations.search.outcomes, counts);
  const verdict = decide({
    toolFault: null,
    interruption: null,
    guard: null,
    doubts: [],
    expectations: [judgeLoad({ name: 'run', figures })],
    expectsNothing: true,
    cleanup: 'nothing',
    cleanupProblems: [],
  });
  expect(exitCodeOf(verdict, null)).toBe(exitCode);
  expect(verdict.because.join()).toContain(words);
});
