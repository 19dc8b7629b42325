import { expect, test } from 'vitest';
import { keptThroughput, roundOf } from '../fixtures/kept.ts';
import { added, type Kept, type Part } from './results.ts';

const before = keptThroughput([roundOf('wrk', 1, 100_000)]).throughput as Kept<Part>;
const now = keptThroughput([roundOf('k6', 1, 9000)]).throughput as Kept<Part>;

test('rounds of one commit come together', () => {
  expect(added(before, now).figures).toMatchObject({ rounds: [{ peer: 'wrk' }, { peer: 'k6' }], players: 64 });
});

test('figures of two commits are never mixed', () => {
  const later = { ...now, machine: { ...now.machine, commit: 'another' } };
  expect(added(before, later)).toEqual(later);
});
