import { expect, test } from 'vitest';
import { exitCodeOf } from './exit-code.ts';
import { decide, type Grounds } from './verdict.ts';

const met = { text: 'useful share of chain in before', observed: '99.9 %', limit: '>= 99 %', met: true };
const clean: Grounds = {
  toolFault: null,
  interruption: null,
  guard: null,
  doubts: [],
  expectations: [met],
  expectsNothing: false,
  cleanup: 'restored',
  cleanupProblems: [],
};

test('everything met and proven is held', () => {
  expect(decide(clean)).toMatchObject({ status: 'held', cleanup: 'restored' });
});

test.each([
  [[met], 'nothing', 'the one expectation was met; nothing was to be broken'],
  [[met, met], 'nothing', 'all 2 expectations met; nothing was to be broken'],
  [[met, met], 'restored', 'all 2 expectations met, every fault proven to have bitten'],
] as const)('of faults it speaks only where there were some', (expectations, cleanup, words) => {
  expect(decide({ ...clean, expectations, cleanup }).because).toEqual([words]);
});

test('an unmet expectation is broken, and is named', () => {
  const verdict = decide({
    ...clean,
    expectations: [met, { ...met, text: 'p99 of search in after', observed: '80 ms', limit: '<= 50 ms', met: false }],
  });
  expect(verdict.status).toBe('broken');
  expect(verdict.because).toEqual(['p99 of search in after: 80 ms, expected <= 50 ms']);
});

test('no data is never a pass', () => {
  expect(decide({ ...clean, expectations: [{ ...met, observed: null, met: null }] }).status).toBe('inconclusive');
  expect(decide({ ...clean, expectations: [] }).status).toBe('inconclusive');
});

test('doubts outrank failures, guards outrank doubts, interruptions outrank guards, tool faults outrank all of them', () => {
  const broken = { ...clean, expectations: [{ ...met, met: false }] };
  const doubted = { ...broken, doubts: ['redis-auth is not proven to have had an effect'] };
  const guarded = { ...doubted, guard: 'aborted by the guard' };
  const interrupted = { ...guarded, interruption: 'interrupted by SIGINT' };
  expect(decide(doubted).status).toBe('inconclusive');
  expect(decide(guarded).status).toBe('aborted');
  expect(decide(interrupted).status).toBe('interrupted');
  expect(decide({ ...interrupted, toolFault: 'bug' }).status).toBe('error');
});

test('each status has its exit code, and a failed restore outranks every one of them', () => {
  const code = (status: ReturnType<typeof decide>['status'], cleanup: Grounds['cleanup'] = 'restored') =>
    exitCodeOf({ status, cleanup, because: [] }, status === 'interrupted' ? 'SIGINT' : null);
  expect(['held', 'broken', 'inconclusive', 'aborted', 'error', 'interrupted'].map((status) => code(status as 'held'))).toEqual([
    0, 1, 2, 3, 70, 130,
  ]);
  expect(exitCodeOf({ status: 'interrupted', cleanup: 'restored', because: [] }, 'SIGTERM')).toBe(143);
  expect(code('held', 'failed')).toBe(4);
  expect(code('error', 'conflict')).toBe(4);
});
