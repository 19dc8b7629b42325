import { expect, test } from 'vitest';
import { operations } from '../../core/outcome.ts';
import type { StretchFigures } from '../../simulator/measure/figures.ts';
import { record } from '../../simulator/measure/histogram.ts';
import { emptyStretch } from '../../simulator/measure/stretch.ts';
import { agreementOf } from './agreement.ts';

type Played = { sent?: number; empty?: number; latencyUs?: number };

/** Ten seconds in which every operation went the same way. */
function stretch({ sent = 1000, empty = 0, latencyUs = 10_000 }: Played): StretchFigures {
  const figures = emptyStretch(0, 10_000);
  for (const operation of operations) {
    const { outcomes, latencyUs: latencies, serviceUs } = figures.operations[operation];
    figures.operations[operation].planned = sent;
    outcomes.ok = sent - empty;
    outcomes.empty = empty;
    for (let nth = 0; nth < sent; nth++) {
      record(latencies, latencyUs);
      record(serviceUs, latencyUs);
    }
  }
  return figures;
}

const statusOf = (own: Played, k6: Played) => agreementOf(stretch(own), stretch(k6)).status;

test('what is the same agrees, and how far apart is said of every figure', () => {
  const { status, operations: all, because } = agreementOf(stretch({}), stretch({ sent: 1010, latencyUs: 11_000 }));
  expect([status, because]).toEqual(['agreed', ['all 33 figures agree']]);
  expect(all.search.ratePerSecond.apart).toBeCloseTo(0.01, 5);
  expect(all.search.latencyUsP95.apart).toBeCloseTo(0.1, 1);
  expect(all.search.shares.empty).toMatchObject({ own: 0, k6: 0, agreed: true });
});

test.each([
  ['a rate 3 % higher', { sent: 1030 }, 'rate of search'],
  ['a rate 3 % lower', { sent: 970 }, 'rate of search'],
  ['empty chests of one point more', { empty: 10 }, 'share of empty of search'],
  ['a latency of a third more', { latencyUs: 13_300 }, 'p95 of search'],
  ['a latency of a third less', { latencyUs: 6600 }, 'p95 of search'],
] as const)('%s is apart, and is named', (_what, played, named) => {
  const { status, because } = agreementOf(stretch({}), stretch(played));
  expect([status, because.join()]).toEqual(['apart', expect.stringContaining(named)]);
});

test('too few samples on either side are no data, whatever else is apart', () => {
  expect(statusOf({ sent: 99 }, {})).toBe('no-data');
  expect(statusOf({}, { sent: 0 })).toBe('no-data');
  expect(statusOf({ sent: 0 }, { sent: 0 })).toBe('no-data');
});
