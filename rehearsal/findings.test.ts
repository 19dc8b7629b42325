import { expect, test } from 'vitest';
import type { Example } from '../simulator/measure/figures.ts';
import { findingsOf } from './findings.ts';
import { counted } from './fixtures/counted.ts';

const example = (changed: Partial<Example>): Example => ({
  journey: 1,
  requestId: '7-1-0',
  atMs: 500,
  operation: 'search',
  outcome: 'empty',
  status: 200,
  pod: 'pod-1',
  detail: 'empty chest',
  ...changed,
});

test('says what players felt, the worst share first', () => {
  const windows = [
    { name: 'before', figures: counted(0, 1000, { ok: 99, empty: 1 }) },
    { name: 'during:kill', figures: counted(1000, 2000, { ok: 5, unknown: 4, unreachable: 1 }) },
  ];
  expect(findingsOf(windows, []).map(({ window, text }) => `${window}: ${text}`)).toEqual([
    'during:kill: 4 of 10 (40 %) search actions got no complete answer',
    'during:kill: 1 of 10 (10 %) search actions found nobody to talk to',
    'before: 1 of 100 (1 %) search actions opened an empty chest (a fine answer, no use)',
  ]);
});

test('has nothing to say where everything was of use', () => {
  expect(findingsOf([{ name: 'before', figures: counted(0, 1000, { ok: 9 }) }], [example({})])).toEqual([]);
});

test('leads to examples of that window, operation and outcome only, five at most, with the reasons that they gave', () => {
  const windows = [{ name: 'before', figures: counted(0, 1000, { empty: 20 }) }];
  const others = [
    example({ atMs: 1000 }),
    example({ outcome: 'wrong', detail: 'no list' }),
    example({ operation: 'spawns', detail: 'no spawns' }),
  ];
  const own = Array.from({ length: 7 }, (_, nth) =>
    example({ requestId: `7-1-${nth}`, atMs: 100.4 + nth, detail: nth === 3 ? 'no treasure' : 'empty chest' }),
  );
  const [finding] = findingsOf(windows, [...others, ...own]);
  expect(finding?.text).toMatch(/: empty chest; no treasure$/);
  expect(finding?.examples.map((one) => one.requestId)).toEqual(['7-1-0', '7-1-1', '7-1-2', '7-1-3', '7-1-4']);
  expect(finding?.examples[0]).toMatchObject({ journey: 1, requestId: '7-1-0', atMs: 100, outcome: 'empty', status: 200, pod: 'pod-1' });
});
