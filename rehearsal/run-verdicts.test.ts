import { describe, expect, test } from 'vitest';
import { shortDay } from './fixtures/simulated-plan.ts';
import { type Knobs, rehearse } from './fixtures/simulated-world.ts';
import type { Report } from './report/format.ts';

/** Of the short day on the world's clock: the environment takes 500 ms to come up, play begins after that. */
const upMs = 500;
const cacheBroken = { fromMs: upMs + 22_000, toMs: upMs + 25_000 };

describe('a run that shows nothing is inconclusive', () => {
  test.each(['pod-kill', 'redis-auth'] as const)('when %s is injected by something that does nothing', async (kind) => {
    const { report } = await rehearse({ sabotage: { idle: [kind] } });
    expect(report).toMatchObject({ exitCode: 2, verdict: { status: 'inconclusive', cleanup: 'restored' } });
    expect(report.verdict.because).toHaveLength(1);
    expect(report.verdict.because[0]).toContain(`${kind} is not proven to have had an effect`);
  });

  test('when there is no steady state before a fault: then it is not injected at all', async () => {
    const { report, entries } = await rehearse({ ails: () => 'refuses' });
    expect(report.exitCode).toBe(2);
    expect(report.verdict).toMatchObject({ status: 'inconclusive', cleanup: 'nothing' });
    expect(report.verdict.because.join('\n')).toMatch(
      /no steady state before pod-kill: useful share fell to 0\.0 %[\s\S]*no steady state before redis-auth/,
    );
    expect(entries.map((entry) => entry.event)).toEqual(['run', 'run', 'closed']);
    expect(report.windows.map((window) => window.name)).toEqual(['warmup', 'before']);
  });

  test('a service that gets well while steadiness is awaited is broken later than planned', async () => {
    const { report } = await rehearse({ ails: ({ nowMs }) => (nowMs < upMs + 9000 ? 'refuses' : 'none') });
    expect(report.faults[0]?.appliedAtMs).toBe(15_000);
  });

  test('when nobody plays', async () => {
    const { report } = await rehearse({ nobodyPlays: true });
    expect(report.exitCode).toBe(2);
    expect(report.verdict.because).toContain('no data: nobody did anything');
  });

  test('when the generator could not start what was due', async () => {
    const { report } = await rehearse({ inFlightMax: 2 });
    expect(report.exitCode).toBe(2);
    expect(report.generator.dropped).toBeGreaterThan(0);
    expect(report.verdict.because).toContain(`the generator dropped ${report.generator.dropped} actions`);
  });
});

describe('a run that shows that players suffer is broken', () => {
  test('when the service hangs while its cache refuses it: the expectations are named', async () => {
    const { report } = await rehearse({ ails: ({ cacheIsBroken }) => (cacheIsBroken ? 'hangs' : 'none') });
    expect(report).toMatchObject({ exitCode: 1, verdict: { status: 'broken', cleanup: 'restored' } });
    // The impatient start their game again in the middle of a chain, and quitters leave theirs.
    expect(report.verdict.because).toEqual([
      expect.stringMatching(/^useful share of chain in during:redis-auth: \d.*expected >= 90 %$/),
      expect.stringMatching(/^p99 of search in during:redis-auth: \d.*expected <= 250 ms$/),
    ]);
    const found = report.findings.find(({ operation }) => operation === 'search');
    expect(found).toMatchObject({ window: 'during:redis-auth' });
    expect(found?.text).toContain('search actions got no complete answer');
    // At most who asked in the very moment in which it broke.
    expect(windowOf(report, 'during:redis-auth').operations.search.ok).toBeLessThanOrEqual(1);
  });

  test('when it never recovers: the run ends all the same', async () => {
    const { report } = await rehearse({ ails: ({ nowMs }) => (nowMs > cacheBroken.fromMs ? 'refuses' : 'none') });
    expect(report.exitCode).toBe(2);
    expect(report.durationMs).toBe(35_000);
    expect(report.faults[1]).toMatchObject({ undoneAtMs: 25_000, recoveredAfterMs: null });
    expect(report.expectations).toContainEqual(
      expect.objectContaining({ text: 'recovery of search after redis-auth', observed: 'not recovered in 10.0 s', met: false }),
    );
    expect(report.windows.at(-1)).toMatchObject({ name: 'recovery:redis-auth', toMs: 35_000 });
  });

  test('a recovery that takes too long does not hold up the next fault', async () => {
    const { report } = await rehearse({ ails: ({ nowMs }) => (nowMs > upMs + 12_000 && nowMs < upMs + 14_000 ? 'refuses' : 'none') });
    expect(report.faults[0]?.recoveredAfterMs).toBe(9000);
    expect(report.faults[1]?.appliedAtMs).toBe(22_000);
  });

  test('one chest in a hundred empty shows as about one in a hundred, in every window', async () => {
    const { report } = await rehearse({ ails: () => 'one chest in a hundred is empty' });
    for (const { name, operations } of report.windows) {
      const { planned, empty } = operations.search;
      expect(Math.abs(empty - planned / 100), name).toBeLessThanOrEqual(1);
    }
    expect(report.findings.map((finding) => finding.text).join('\n')).toContain('search actions opened an empty chest');
    expect(report.findings.flatMap((finding) => finding.examples)[0]).toMatchObject({ outcome: 'empty', status: 200 });
  });
});

describe('a run that could not put everything back says so above all else', () => {
  test('when a pod never comes back', async () => {
    const { report, open } = await rehearse({ habits: { lost: ['pod-1', 'pod-2', 'pod-3'] } });
    expect(report).toMatchObject({ exitCode: 4, verdict: { cleanup: 'failed' } });
    expect(report.verdict.because[0]).toMatch(/^pod-kill may still be broken: .*not Ready.*; run: launchstorm recover$/);
    expect(open).toEqual(['pod-kill']);
    expect(report.faults.map(({ id, undoneAtMs }) => [id, undoneAtMs])).toEqual([['pod-kill', null]]);
  });

  test('when the undo fails: nothing more is broken, and the command to run is named', async () => {
    const { report, open, entries } = await rehearse({ sabotage: { undoFails: true } });
    expect(report).toMatchObject({ exitCode: 4, verdict: { cleanup: 'failed' } });
    expect(report.verdict.because).toEqual(
      expect.arrayContaining([
        'pod-kill may still be broken: nobody can put this back; run: launchstorm recover',
        'redis-auth was not armed: pod-kill could not be put back',
      ]),
    );
    expect(open).toEqual(['pod-kill']);
    expect(entries.some((entry) => entry.event === 'closed')).toBe(false);
  });

  test('when somebody else changed the same thing meanwhile: a conflict, left for a person', async () => {
    const { report, open } = await rehearse({
      events: [{ atMs: cacheBroken.fromMs + 1000, happens: ({ platform }) => platform.redis.setPasswords(['somebody else']) }],
    });
    expect(report).toMatchObject({ exitCode: 4, verdict: { cleanup: 'conflict' } });
    expect(report.verdict.because[0]).toContain('redis-auth may still be broken: ');
    expect(report.faults[1]?.undoneAtMs).toBe(null);
    expect(open).toEqual([]);
  });

  test('an undo that failed in its turn and worked on the way out is no reason to worry anybody', async () => {
    const { report, open } = await rehearse({
      sabotage: { undoFails: true },
      events: [
        {
          atMs: upMs + 12_600,
          happens: ({ sabotage }) => {
            sabotage.undoFails = false;
          },
        },
      ],
    });
    expect(report).toMatchObject({ exitCode: 2, verdict: { status: 'inconclusive', cleanup: 'restored' } });
    expect(report.faults[0]?.undoneAtMs).toBeGreaterThanOrEqual(12_600);
    expect(open).toEqual([]);
  });
});

test('a guard ends a run in which players suffer more than agreed, and everything is put back', async () => {
  const guards = [{ share: 'useful', of: 'search', below: 0.5, for: '1s' } as const];
  const ails: Knobs['ails'] = ({ cacheIsBroken }) => (cacheIsBroken ? 'refuses' : 'none');
  const { report, open, entries } = await rehearse({ scenario: { ...shortDay, guards }, ails });
  expect(report).toMatchObject({ exitCode: 3, verdict: { status: 'aborted', cleanup: 'restored' } });
  expect(report.verdict.because[0]).toBe('aborted by the guard: useful share of search below 0.5 for 1s');
  expect(report.faults[1]?.undoneAtMs).toBeLessThan(25_000);
  expect(open).toEqual([]);
  expect(entries.at(-1)?.event).toBe('closed');
});

function windowOf(report: Report, name: string): Report['windows'][number] {
  const found = report.windows.find((window) => window.name === name);
  if (found === undefined) throw new Error(`there is no window ${name}`);
  return found;
}
