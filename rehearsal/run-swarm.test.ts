import fc from 'fast-check';
import { expect, test } from 'vitest';
import { checkScenario } from './check.ts';
import type { Ailment } from './fixtures/simulated-service.ts';
import { type Knobs, type Rehearsed, rehearse, type SimulatedWorld } from './fixtures/simulated-world.ts';
import type { Scenario } from './scenario.ts';

/**
 * Swarm testing (Groce et al., ISSTA 2012): random days, each with some things going wrong and others not, and what must hold
 * on all of them.
 */
const days = 150;

test('whatever the day, the run ends, leaves nothing behind and tells a report that fits', { timeout: 60_000 }, async () => {
  const exitCodes = new Set<number>();
  await fc.assert(
    fc.asyncProperty(fc.record({ scenario: someScenario(), seed: fc.nat(1000), knobs: someKnobs() }), async ({ scenario, seed, knobs }) => {
      const rehearsed = await rehearse({ ...knobs, scenario, seed });
      assertWayOut(rehearsed);
      assertCleanup(rehearsed);
      assertWindows(rehearsed);
      assertVerdict(rehearsed);
      exitCodes.add(rehearsed.report.exitCode);
    }),
    { numRuns: days },
  );
  // A swarm that never meets some of them shows nothing about them.
  expect([...exitCodes].sort((one, other) => one - other)).toEqual([0, 1, 2, 3, 4, 70, 130, 143]);
});

test('the days of the swarm are scenarios that people could write', () => {
  fc.assert(
    fc.property(someScenario(), (scenario) => {
      expect(checkScenario(scenario, 'swarm')).toMatchObject({ ok: true });
    }),
  );
});

function assertWayOut({ world }: Rehearsed): void {
  expect(world.left).toEqual(['players disconnected', 'journal closed', 'platform down', 'watchdog dismissed']);
}

/** Every armed fault ends undone, in conflict or failed, and what is not put back is told above all else. */
function assertCleanup({ report, record, entries, open, world }: Rehearsed): void {
  const armed = entries.flatMap((entry) => (entry.event === 'armed' ? [entry.fault] : []));
  expect(record.faults.map((fault) => fault.id)).toEqual(armed);
  for (const fault of record.faults) {
    const ends = entries.filter(
      (entry) => 'fault' in entry && entry.fault === fault.id && /^(undone|conflict|undoFailed)$/.test(entry.event),
    );
    expect(ends.map((entry) => entry.event).at(-1)).toBe(
      { restored: 'undone', conflict: 'conflict', failed: 'undoFailed' }[fault.restore as 'failed'],
    );
    expect(fault.undoneAtMs === null).toBe(fault.restore !== 'restored');
  }
  if (report.exitCode === 4) return;
  expect(open).toEqual([]);
  expect(entries.at(-1)?.event).toBe('closed');
  // What we write there begins with `#`; what somebody else wrote meanwhile is not ours to judge.
  expect(world.platform.redis.aclLine()).not.toContain('>#');
}

function assertWindows({ report, world, record }: Rehearsed): void {
  for (const [index, window] of report.windows.entries()) {
    expect(window.toMs).toBeGreaterThan(window.fromMs);
    expect(window.fromMs).toBeGreaterThanOrEqual(report.windows[index - 1]?.toMs ?? 0);
    expect(window.toMs).toBeLessThanOrEqual(report.durationMs);
  }
  // An engine that fell over has stopped counting, and says so.
  if (report.verdict.status === 'error') return;
  const sent = record.slices.reduce((sum, { operations: { search, spawns, biome } }) => {
    return sum + search.latencyUs.count + spawns.latencyUs.count + biome.latencyUs.count;
  }, 0);
  expect(sent).toBe(world.counted());
}

function assertVerdict({ report }: Rehearsed): void {
  expect(report.verdict.because.length).toBeGreaterThan(0);
  if (report.verdict.status !== 'held') return;
  expect(report.expectations.every((expectation) => expectation.met === true)).toBe(true);
  expect(report.faults.every((fault) => fault.bite.proven && fault.recoveredAfterMs !== null)).toBe(true);
}

function someScenario(): fc.Arbitrary<Scenario> {
  const fault = fc.record({
    gapMs: fc.integer({ min: 0, max: 9000 }),
    forMs: fc.integer({ min: 50, max: 5000 }),
    kind: fc.constantFrom('pod-kill' as const, 'redis-auth' as const),
    everyMs: fc.option(fc.integer({ min: 500, max: 3000 })),
  });
  const day = fc.record({
    pods: fc.integer({ min: 1, max: 4 }),
    players: fc.integer({ min: 1, max: 60 }),
    joinMs: fc.integer({ min: 0, max: 3000 }),
    settleMs: fc.integer({ min: 0, max: 15_000 }),
    faults: fc.array(fault, { maxLength: 3 }),
    guarded: fc.boolean(),
  });
  return day.map(({ pods, players, joinMs, settleMs, faults, guarded }) => {
    let freeFromMs = joinMs;
    const timeline = faults.map(({ gapMs, forMs, kind, everyMs }): NonNullable<Scenario['timeline']>[number] => {
      const atMs = freeFromMs + gapMs;
      freeFromMs = atMs + forMs;
      const every = everyMs === null ? {} : { every: `${everyMs}ms` };
      return { at: `${atMs}ms`, for: `${forMs}ms`, fault: kind === 'pod-kill' ? { kind, pods: 1, ...every } : { kind } };
    });
    return {
      title: 'some day',
      pods,
      crowd: { players, join: `${joinMs}ms`, mix: { explorer: 1, farmer: 4, wanderer: 1 } },
      timeline,
      settle: `${settleMs}ms`,
      guards: guarded ? [{ share: 'useful', of: 'search', below: 0.5, for: '2s' }] : [],
      expect: [
        { share: 'useful', of: 'search', atLeast: 0.9, in: ['before'] },
        ...(timeline.length === 0 ? [] : [{ recovery: 'latency', of: 'search', within: '8s', after: 'every fault' } as const]),
      ],
    };
  });
}

function someKnobs(): fc.Arbitrary<Knobs> {
  const moment = fc.integer({ min: 1, max: 50_000 });
  const rarely = <T>(value: fc.Arbitrary<T>) => fc.option(value, { freq: 3, nil: null });
  return fc
    .record({
      idle: rarely(fc.constantFrom('pod-kill' as const, 'redis-auth' as const)),
      lost: rarely(fc.constantFrom('pod-1', 'pod-2')),
      undoFails: rarely(fc.constant(true)),
      restartMs: fc.integer({ min: 1, max: 4000 }),
      inFlightMax: rarely(fc.integer({ min: 0, max: 5 })),
      ailment: rarely(fc.constantFrom<Ailment[]>('hangs', 'refuses', 'one chest in a hundred is empty')),
      ill: fc.tuple(moment, moment),
      events: fc.array(fc.record({ atMs: moment, happens: fc.constantFrom(...happenings) }), { maxLength: 2 }),
    })
    .map(({ idle, lost, undoFails, restartMs, inFlightMax, ailment, ill, events }) => ({
      habits: { restartMs, lost: lost === null ? [] : [lost] },
      sabotage: { idle: idle === null ? [] : [idle], undoFails: undoFails !== null },
      ails: ({ nowMs }) => (ailment !== null && nowMs >= Math.min(...ill) && nowMs < Math.max(...ill) ? ailment : 'none'),
      events,
      ...(inFlightMax === null ? {} : { inFlightMax }),
    }));
}

const happenings: readonly ((world: SimulatedWorld) => void)[] = [
  function interruptBySigint({ world }) {
    world.interrupts.raise({ kind: 'signal', signal: 'SIGINT' });
  },
  function interruptBySigterm({ world }) {
    world.interrupts.raise({ kind: 'signal', signal: 'SIGTERM' });
  },
  function killTheWatchdog(world) {
    world.killWatchdog();
  },
  function changeThePassword({ platform }) {
    platform.redis.setPasswords(['somebody else']);
  },
  function breakTheJudge(world) {
    world.breakJudge();
  },
  function fillTheDisk(world) {
    world.fillDisk();
  },
];
