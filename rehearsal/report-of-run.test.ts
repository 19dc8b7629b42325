import { describe, expect, test } from 'vitest';
import { emptyHistogram, record as note } from '../simulator/measure/histogram.ts';
import { counted, faultOf, recordOf } from './fixtures/counted.ts';
import type { RunRecord } from './record.ts';
import { reportSchema } from './report/format.ts';
import { reportOf } from './report-of-run.ts';

/** Every minute of it useful, 100 searches a second. */
const slices = Array.from({ length: 60 }, (_, second) => counted(second * 1000, second * 1000 + 1000, { ok: 100 }));

function report(changed: Partial<RunRecord> = {}) {
  return reportSchema.parse(reportOf(recordOf({ slices, ...changed })));
}

describe('windows', () => {
  test('hold what began in them, and nothing else', () => {
    const { windows } = report({ faults: [faultOf({})] });
    expect(windows.map(({ name, operations }) => [name, operations.search.planned])).toEqual([
      ['warmup', 200],
      ['before', 800],
      ['during:redis-auth', 1000],
      ['recovery:redis-auth', 600],
      ['after', 3400],
    ]);
  });

  test('of a load are one, over the whole run', () => {
    const header = { ...recordOf({}).header, kind: 'load' as const };
    const { windows, verdict, exitCode } = report({ header });
    expect(windows.map(({ name, fromMs, toMs, operations }) => [name, fromMs, toMs, operations.search.sent])).toEqual([
      ['run', 0, 60_000, 6000],
    ]);
    expect({ verdict: verdict.status, exitCode }).toEqual({ verdict: 'held', exitCode: 0 });
  });

  test('with few samples are named in the notes', () => {
    const thin = [
      counted(0, 1000, {}),
      ...Array.from({ length: 59 }, (_, second) => counted((second + 1) * 1000, (second + 2) * 1000, { ok: 3 })),
    ];
    expect(report({ slices: thin }).notes).toEqual(['before holds 174 searches only: its p99 is little more than its maximum']);
  });

  test('in which anything is lost or counted twice are a fault of the tool', () => {
    const wrong = counted(3000, 4000, { ok: 5 });
    wrong.operations.search.planned += 1;
    expect(() => reportOf(recordOf({ slices: [wrong] }))).toThrow(/planned 6, but 5 accounted for/);
  });
});

describe('the verdict and the exit code', () => {
  const met: RunRecord['header']['expect'] = [{ share: 'useful', of: 'search', atLeast: 0.9, in: ['before'] }];
  const header = { ...recordOf({}).header, expect: met };
  const unmet = { ...header, expect: [{ latency: 0.5, of: 'search', atMost: '1ms', in: ['before'] }] as typeof met };

  test.each<[string, Partial<RunRecord>, string, number]>([
    ['held', { header, faults: [faultOf({})] }, 'held', 0],
    ['broken', { header: unmet }, 'broken', 1],
    ['expecting nothing', {}, 'inconclusive', 2],
    ['doubted', { header: unmet, doubts: ['kill was not armed'] }, 'inconclusive', 2],
    ['without a watchdog', { header, interruption: { kind: 'watchdog-lost' } }, 'inconclusive', 2],
    ['guarded', { header: unmet, interruption: { kind: 'guard', text: 'g' } }, 'aborted', 3],
    ['interrupted by SIGINT', { header, interruption: { kind: 'signal', signal: 'SIGINT' } }, 'interrupted', 130],
    ['interrupted by SIGTERM', { header: unmet, interruption: { kind: 'signal', signal: 'SIGTERM' } }, 'interrupted', 143],
    ['halted', { header, interruption: { kind: 'halted', by: 'alice' } }, 'interrupted', 143],
    ['our own fault', { header, interruption: { kind: 'tool-fault', message: 'bug' } }, 'error', 70],
    ['not put back', { header, faults: [faultOf({ restore: 'failed', restoreProblem: 'no answer' })] }, 'held', 4],
    ['still open', { header, faults: [faultOf({ restore: 'open' })] }, 'held', 4],
    [
      'in conflict',
      { header, interruption: { kind: 'tool-fault', message: 'bug' }, faults: [faultOf({ restore: 'conflict' })] },
      'error',
      4,
    ],
  ])('%s', (_how, changed, status, exitCode) => {
    const { verdict, exitCode: code } = report(changed);
    expect([verdict.status, code]).toEqual([status, exitCode]);
  });

  test('name what may still be broken and the command to run, before anything else', () => {
    const interruption = { kind: 'signal', signal: 'SIGINT' } as const;
    const { verdict } = report({ interruption, faults: [faultOf({ restore: 'failed', restoreProblem: 'no answer' })] });
    expect(verdict.because).toEqual(['redis-auth may still be broken: no answer; run: launchstorm recover', 'interrupted by SIGINT']);
  });

  test('say whether anything had to be put back', () => {
    expect(report().verdict.cleanup).toBe('nothing');
    expect(report({ faults: [faultOf({})] }).verdict.cleanup).toBe('restored');
    const failedAndConflict = [faultOf({ restore: 'conflict' }), faultOf({ id: 'kill', restore: 'failed' })];
    expect(report({ faults: failedAndConflict }).verdict.cleanup).toBe('failed');
  });
});

test('a fault is told with its times and how long recovery took', () => {
  const [told, never] = report({ faults: [faultOf({ undoneAtMs: 20_000.4 }), faultOf({ id: 'two', recoveredAtMs: null })] }).faults;
  expect(told).toMatchObject({ appliedAtMs: 10_000, undoneAtMs: 20_000, recoveredAfterMs: 6000, bite: { proven: true } });
  expect(never).toMatchObject({ recoveredAfterMs: null });
});

test('the rate per player counts what was sent after the players had joined', () => {
  const header = { ...recordOf({}).header, players: 200 };
  expect(report({ header }).crowd.requestsPerPlayerPerSecond).toBe(0.5);
  expect(report({ header: { ...header, players: 0 } }).crowd.requestsPerPlayerPerSecond).toBe(null);
});

test('the charts show how many pods were ready at the end of each second, and nothing before anybody looked', () => {
  const { seconds } = report({
    podsReadyAt: [
      { atMs: 2500, ready: 3 },
      { atMs: 4000, ready: 2 },
    ],
  });
  expect(seconds.slice(0, 5).map((second) => second.podsReady)).toEqual([null, null, 3, 2, 2]);
});

test('the generator tells its lag with its count, and nothing where it did not live to tell', () => {
  const lagUs = emptyHistogram();
  for (let nth = 0; nth < 10; nth++) note(lagUs, 100);
  expect(report({ generator: { lagUs, dropped: 0, cpuShare: 0.2, rssBytesMax: 5 } }).generator).toMatchObject({
    ...{ lagUsP99: 100, lagCount: 10, dropped: 0, cpuShare: 0.2, rssBytesMax: 5 },
  });
  expect(report().generator).toMatchObject({ lagUsP99: null, lagCount: 0 });
});
