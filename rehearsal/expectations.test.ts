import { describe, expect, test } from 'vitest';
import { judge, percent } from './expectations.ts';
import { counted } from './fixtures/counted.ts';
import type { Expectation } from './scenario.ts';

const window = (name: string, ...doings: [Parameters<typeof counted>[2]]) => ({ name, figures: counted(0, 10_000, ...doings) });

describe('a share', () => {
  const atLeast = (share: number, where: 'before' | 'every during' = 'before'): Expectation => ({
    share: 'useful',
    of: 'search',
    atLeast: share,
    in: where === 'before' ? ['before'] : where,
  });

  test('is useful answers over planned ones: what never was sent counts against it', () => {
    const [judged] = judge([atLeast(0.9)], [window('before', { ok: 90, empty: 4, unreachable: 6 })], []);
    expect(judged).toEqual({ text: 'useful share of search in before', observed: '90 % (90 of 100)', limit: '>= 90 %', met: true });
    expect(judge([atLeast(0.91)], [window('before', { ok: 90, empty: 10 })], [])[0]?.met).toBe(false);
  });

  test('that is met exactly is met, whatever floating point makes of it', () => {
    expect(judge([atLeast(0.55)], [window('before', { ok: 55, empty: 45 })], [])[0]?.met).toBe(true);
    expect(judge([atLeast(0.55)], [window('before', { ok: 54, empty: 46 })], [])[0]?.met).toBe(false);
  });

  test('of nothing is no data, and so is that of a window that never came about', () => {
    expect(judge([atLeast(0)], [window('before', {})], [])[0]).toMatchObject({ observed: null, met: null });
    expect(judge([atLeast(0)], [], [])[0]).toMatchObject({ observed: null, met: null });
    expect(judge([atLeast(0, 'every during')], [window('before', { ok: 1 })], [])).toMatchObject([
      { text: 'useful share of search in every during', met: null },
    ]);
  });

  test('is judged in each during window by itself', () => {
    const windows = [window('during:a', { ok: 10 }), window('during:b', { ok: 5, wrong: 5 }), window('recovery:a', { wrong: 9 })];
    expect(judge([atLeast(0.9, 'every during')], windows, []).map(({ text, met }) => [text, met])).toEqual([
      ['useful share of search in during:a', true],
      ['useful share of search in during:b', false],
    ]);
  });

  test('of chains counts chains', () => {
    const expectation: Expectation = { share: 'useful', of: 'chain', atLeast: 0.8, in: 'run' };
    expect(judge([expectation], [window('run', { ok: 1, chainsUseful: 8, chainsLost: 2 })], [])[0]).toMatchObject({
      observed: '80 % (8 of 10)',
      met: true,
    });
  });
});

describe('a latency', () => {
  const atMost50: Expectation = { latency: 0.99, of: 'search', atMost: '50ms', in: ['before'] };

  test('is judged at its quantile, with its count, and with a word where that is small', () => {
    expect(judge([atMost50], [window('before', { ok: 10, latencyMs: 50 })], [])[0]).toEqual({
      text: 'p99 of search in before',
      observed: '50 ms (10 samples, few samples)',
      limit: '<= 50 ms',
      met: true,
    });
    expect(judge([atMost50], [window('before', { ok: 1000, latencyMs: 51 })], [])[0]).toMatchObject({
      observed: '51 ms (1000 samples)',
      met: false,
    });
  });

  test('of what was never sent is no data', () => {
    expect(judge([atMost50], [window('before', { unreachable: 9 })], [])[0]?.met).toBe(null);
  });

  test('names its quantile as people do', () => {
    const texts = [0.5, 0.99, 0.999].map((latency) => judge([{ ...atMost50, latency } as Expectation], [], [])[0]?.text);
    expect(texts).toEqual(['p50 of search in before', 'p99 of search in before', 'p999 of search in before']);
  });
});

describe('a recovery', () => {
  const within: Expectation = { recovery: 'latency', of: 'search', within: '10s', after: 'every fault' };

  test.each([
    ['in time', { recoveredAfterMs: 10_000, undone: true }, true, '10.0 s'],
    ['too late', { recoveredAfterMs: 10_001, undone: true }, false, '10.0 s'],
    ['never', { recoveredAfterMs: null, undone: true }, false, 'not recovered in 10.0 s'],
    ['from a fault that was never put back: no data', { recoveredAfterMs: null, undone: false }, null, null],
  ])('%s', (_when, recovery, met, observed) => {
    expect(judge([within], [window('recovery:kill', { ok: 1 })], [{ id: 'kill', ...recovery }])).toEqual([
      { text: 'recovery of search after kill', observed, limit: '<= 10s', met },
    ]);
  });

  test('that was not watched for as long as it may take is no data', () => {
    const windows = [{ name: 'recovery:kill', figures: counted(20_000, 29_000, { ok: 1 }) }];
    expect(judge([within], windows, [{ id: 'kill', recoveredAfterMs: null, undone: true }])).toMatchObject([
      { observed: 'not recovered in 9.0 s', met: null },
    ]);
  });

  test('without any fault is no data', () => {
    expect(judge([within], [], [])).toMatchObject([{ met: null }]);
  });
});

test('a share is never rounded up to a hundred', () => {
  expect([1, 0.99999, 0.9999, 0.5, 0].map(percent)).toEqual(['100 %', '99.99 %', '99.99 %', '50 %', '0 %']);
});
