import { describe, expect, test } from 'vitest';
import { sleep } from '../core/clock.ts';
import { between, random } from '../core/random.ts';
import { type Knobs, type Rehearsed, rehearse, type SimulatedWorld } from './fixtures/simulated-world.ts';

const upMs = 500;
/** The whole short day, ms on the world's clock; nothing is left to interrupt after that. */
const overMs = upMs + 35_000;
const cacheBrokenMs = upMs + 22_000;

const wayOut = ['players disconnected', 'journal closed', 'platform down', 'watchdog dismissed'];

describe('a signal ends the run and puts everything back', () => {
  const moments = random(0x51642);
  test.each(
    Array.from(
      { length: 30 },
      (_, nth) => ({ signal: nth % 2 === 0 ? 'SIGINT' : 'SIGTERM', atMs: between(moments, 1, overMs - 1) }) as const,
    ),
  )('$signal after $atMs ms', async ({ signal, atMs }) => {
    const rehearsed = await rehearse({ events: [{ atMs, happens: raise(signal) }] });
    const { report, world } = rehearsed;
    expect(report).toMatchObject({ exitCode: signal === 'SIGINT' ? 130 : 143, verdict: { status: 'interrupted' } });
    expect(report.verdict.because[0]).toContain(`interrupted by ${signal}`);
    expect(world.left).toEqual(wayOut);
    assertRestored(rehearsed);
    expect(report.durationMs).toBeLessThan(Math.max(0, atMs - upMs) + 2000);
  });

  test('even one that comes while a fault is being armed: nothing is broken any more then', async () => {
    const events = [
      { atMs: 1, happens: armSlowly },
      { atMs: cacheBrokenMs + 100, happens: raise('SIGINT') },
    ];
    const rehearsed = await rehearse({ events });
    expect(rehearsed.report.exitCode).toBe(130);
    const own = rehearsed.entries.filter((entry) => 'fault' in entry && entry.fault === 'redis-auth');
    expect(own.map((entry) => entry.event)).toEqual(['armed', 'undone']);
    assertRestored(rehearsed);
  });

  test('but not one that comes when everything has been measured and put back already', async () => {
    const { report } = await rehearse({ events: [{ atMs: overMs + 1, happens: raise('SIGINT') }] });
    expect(report.exitCode).toBe(0);
  });
});

describe('a watchdog that died', () => {
  test.each([
    ['while a password is broken', cacheBrokenMs + 1500],
    ['between two faults', upMs + 20_000],
    ['while players join', upMs + 1000],
    ['after the last fault was put back', upMs + 33_000],
  ])('ends the run without a verdict: %s', async (_when, atMs) => {
    const rehearsed = await rehearse({ events: [{ atMs, happens: (world) => world.killWatchdog() }] });
    expect(rehearsed.report).toMatchObject({ exitCode: 2, verdict: { status: 'inconclusive' } });
    expect(rehearsed.report.verdict.because.join('\n')).toContain('the watchdog died');
    expect(rehearsed.world.left).toEqual(wayOut);
    assertRestored(rehearsed);
  });

  test('is noticed, and what is open is undone, within half a second', async () => {
    const { entries } = await rehearse({ events: [{ atMs: cacheBrokenMs + 1500, happens: (world) => world.killWatchdog() }] });
    const undone = entries.find((entry) => entry.event === 'undone' && entry.fault === 'redis-auth');
    expect(undone?.atMs).toBeGreaterThanOrEqual(23_500);
    expect(undone?.atMs).toBeLessThanOrEqual(24_000);
  });
});

describe('a fault of our own is told as one, after everything was put back', () => {
  const inTheMiddle = cacheBrokenMs + 1000;
  test.each<[string, Knobs, RegExp]>([
    ['in the engine', { events: [{ atMs: inTheMiddle, happens: (world) => world.breakJudge() }] }, /the judge fell over/],
    ['on the disk', { events: [{ atMs: inTheMiddle, happens: (world) => world.fillDisk() }] }, /no space left/],
    ['in the last second, on the disk', { events: [{ atMs: overMs, happens: (world) => world.fillDisk() }] }, /no space left/],
    ['before anything is up', { habits: { refusal: 'TREASURE_REDIS_PASSWORD is missing' } }, /TREASURE_REDIS_PASSWORD is missing/],
    ['in the platform', { events: [{ atMs: inTheMiddle, happens: breakPods }] }, /nobody knows the pods/],
    ['in the live view', { events: [{ atMs: inTheMiddle, happens: breakView }] }, /broken pipe/],
  ])('%s', async (_where, knobs, message) => {
    const rehearsed = await rehearse(knobs);
    expect(rehearsed.report).toMatchObject({ exitCode: 70, verdict: { status: 'error' } });
    expect(rehearsed.report.verdict.because.join('\n')).toMatch(message);
    expect(rehearsed.world.left).toEqual(wayOut);
    assertRestored(rehearsed);
  });

  test('also on the way out, where it bars nothing that comes after it', async () => {
    const { report, world } = await rehearse({ events: [{ atMs: inTheMiddle, happens: breakDisconnect }] });
    expect(report).toMatchObject({ exitCode: 70, verdict: { because: ['the pool hangs'] } });
    expect(world.left).toEqual(wayOut.slice(1));
  });

  test('and outranks a signal that came before it', async () => {
    const events = [
      { atMs: inTheMiddle, happens: raise('SIGINT') },
      { atMs: inTheMiddle - 1, happens: breakDisconnect },
    ];
    expect((await rehearse({ events })).report.exitCode).toBe(70);
  });
});

function raise(signal: 'SIGINT' | 'SIGTERM') {
  return ({ world }: SimulatedWorld) => world.interrupts.raise({ kind: 'signal', signal });
}

/** The disk takes its time to have the undo. */
function armSlowly({ world, clock }: SimulatedWorld): void {
  const { injector } = world;
  world.injector = {
    async arm(request) {
      const armed = await injector?.arm(request);
      await sleep(clock, 300);
      if (armed === undefined) throw new Error('this world has no injector');
      return armed;
    },
  };
}

function breakPods({ world }: SimulatedWorld): void {
  world.platform.pods = () => {
    throw new Error('nobody knows the pods');
  };
}

function breakView({ world }: SimulatedWorld): void {
  world.sink.show = () => {
    throw new Error('broken pipe');
  };
  world.sink.line = world.sink.show.bind(world.sink) as () => void;
}

function breakDisconnect({ world }: SimulatedWorld): void {
  world.disconnect = () => Promise.reject(new Error('the pool hangs'));
}

/** Nothing is open, nothing is left broken, and whatever was armed is undone. */
function assertRestored({ report, open, entries, world }: Rehearsed): void {
  expect(open).toEqual([]);
  expect(entries.at(-1)?.event).toBe('closed');
  expect(world.platform.redis.passwordWorks(world.platform.redis.target.password)).toBe(true);
  expect(report.verdict.cleanup).toBe(report.faults.length > 0 ? 'restored' : 'nothing');
  expect(report.faults.every((fault) => fault.undoneAtMs !== null)).toBe(true);
}
