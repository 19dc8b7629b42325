import { expect, test } from 'vitest';
import type { GeneratorFigures } from '../simulator/measure/figures.ts';
import { emptyHistogram, record } from '../simulator/measure/histogram.ts';
import { doubtsOf } from './doubts.ts';
import { counted, type Doings, faultOf, recordOf } from './fixtures/counted.ts';
import type { RunRecord } from './record.ts';

function doubts(changed: Partial<RunRecord>, doings: Doings = { ok: 100 }): readonly string[] {
  return doubtsOf(recordOf(changed), { name: 'run', figures: counted(0, 60_000, doings) });
}

function generator(lagMs: number, dropped = 0): GeneratorFigures {
  const lagUs = emptyHistogram();
  record(lagUs, lagMs * 1000);
  return { lagUs, dropped, cpuShare: 0.5, rssBytesMax: 1 };
}

test('a run in which everything was measured and proven leaves none', () => {
  expect(doubts({ generator: generator(1), faults: [faultOf({})] })).toEqual([]);
});

test('a fault that was applied and not proven to have bitten is one, with what was seen instead', () => {
  const bite = { proven: false, evidence: ['a fresh connection: OK before, OK after'] };
  expect(doubts({ faults: [faultOf({ bite })] })).toEqual([
    'redis-auth is not proven to have had an effect: a fresh connection: OK before, OK after',
  ]);
  expect(doubts({ faults: [faultOf({ bite, appliedAtMs: null })] })).toEqual([]);
});

test('a late generator measures itself: ten milliseconds, or a tenth of the tightest limit if that is more', () => {
  const expecting = (atMost: string) =>
    ({ ...recordOf({}).header, expect: [{ latency: 0.99, of: 'search', atMost, in: ['before'] }] }) as RunRecord['header'];
  expect(doubts({ generator: generator(10) })).toEqual([]);
  expect(doubts({ generator: generator(11) })[0]).toMatch(/^the generator was late: p99 of its lag 11 ms, at most 10 ms/);
  expect(doubts({ generator: generator(11), header: expecting('50ms') })).toHaveLength(1);
  expect(doubts({ generator: generator(24), header: expecting('250ms') })).toEqual([]);
  expect(doubts({ generator: generator(26), header: expecting('250ms') })).toHaveLength(1);
});

test('what the generator dropped, nobody can judge', () => {
  expect(doubts({ generator: generator(0, 3) })).toEqual(['the generator dropped 3 actions']);
});

test('no data is a doubt, and so is a crowd that had mostly left', () => {
  expect(doubts({}, {})).toEqual(['no data: nobody did anything']);
  expect(doubts({}, { ok: 49, abandoned: 51 })[0]).toMatch(/^51 % of what was planned was abandoned/);
  expect(doubts({}, { ok: 50, abandoned: 50 })).toEqual([]);
});

test('a watchdog that died leaves one, whatever else was shown', () => {
  expect(doubts({ interruption: { kind: 'watchdog-lost' } })[0]).toContain('the watchdog died');
  expect(doubts({ interruption: { kind: 'signal', signal: 'SIGINT' } })).toEqual([]);
});

test('what the conductor doubted itself is passed on', () => {
  expect(doubts({ unsteady: ['no steady state before kill'], doubts: ['kill was not armed'] })).toEqual([
    'no steady state before kill',
    'kill was not armed',
  ]);
});
