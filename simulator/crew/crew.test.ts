import { describe, expect, test } from 'vitest';
import { operations } from '../../core/outcome.ts';
import { createSimulatedClock, type SimulatedClock } from '../../core/simulated-clock.ts';
import { castOf } from '../engine/cast.ts';
import { createEngine } from '../engine/engine-of-crowd.ts';
import { assertBalanced, sentOf } from '../measure/accounting.ts';
import type { StretchFigures } from '../measure/figures.ts';
import { addSlice, emptyStretch } from '../measure/stretch.ts';
import { createMemoryTransport, type MemoryTransport, type Script } from '../transports/memory.ts';
import { createCrew, type OwnCrew } from './crew.ts';
import { type HandHere, handHere } from './fixtures/hands-here.ts';

const crowd = { seed: 17, players: 50, mix: { farmer: 3, explorer: 1 }, joinMs: 500 };
const pool = [{ members: '"build":"1"', bytes: 11 }];
const script: Script = ({ requestId }) => ({
  kind: 'answered',
  afterMs: 5 + (requestId.length % 3),
  status: 200,
  body: '{"treasures":[]}',
});

type Staged = { crew: OwnCrew; clock: SimulatedClock; hands: readonly HandHere[]; transports: readonly MemoryTransport[] };

describe('several processes that play one crowd', () => {
  test('send what one would have sent, and are counted as one', async () => {
    const { crew, clock, transports } = stage(3);
    await play(crew, clock, 8000);
    const figures = await settle(clock, crew.engine.figures(0, crew.engine.nowMs()));
    assertBalanced(figures);
    const counted = transports.reduce((sum, transport) => sum + transport.counted('a'), 0);
    expect(operations.reduce((sum, operation) => sum + sentOf(figures.operations[operation]), 0)).toBe(counted);
    const until7 = await settle(clock, crew.engine.figures(0, 7000));
    expect(until7.operations.search.planned).toBe((await alone(7000)).operations.search.planned);
    expect(await settle(clock, crew.engine.crowd())).toMatchObject({ players: 0, turnedAway: 0 });
  });

  test('split the measurement at one and the same time, however long the word takes to get there', async () => {
    let delayMs = 1;
    const { crew, clock } = stage(3, () => delayMs++ % 60);
    await settle(clock, crew.engine.start());
    await clock.runFor(3000);
    const cut = await settle(clock, crew.engine.cut());
    expect(crew.engine.nowMs()).toBeGreaterThanOrEqual(cut);
    await clock.runFor(2000);
    const figures = (fromMs: number, toMs: number) => settle(clock, crew.engine.figures(fromMs, toMs));
    const [left, right, whole] = [await figures(0, cut), await figures(cut, 5000), await figures(0, 5000)];
    expect(left.operations.search.planned + right.operations.search.planned).toBe(whole.operations.search.planned);
    const expected = await alone(cut);
    expect(left.operations.search.planned).toBe(expected.operations.search.planned);
    expect(left.players).toBe(expected.players);
  });

  test('hand out slices that add up to the whole, each once, with everybody in them', async () => {
    const { crew, clock } = stage(2);
    await settle(clock, crew.engine.start());
    const slices: StretchFigures[] = [];
    for (let round = 0; round < 8; round++) {
      await clock.runFor(700);
      if (round % 3 === 0) await settle(clock, crew.engine.cut());
      slices.push(...(await settle(clock, crew.engine.settled())));
    }
    await settle(clock, crew.engine.stop());
    slices.push(...(await settle(clock, crew.engine.settled())));
    const sum = emptyStretch(0, 0);
    for (const [index, slice] of slices.entries()) {
      expect(slice.fromMs).toBe(slices[index - 1]?.toMs ?? 0);
      addSlice(sum, slice);
    }
    const whole = await settle(clock, crew.engine.figures(0, crew.engine.nowMs()));
    expect(sum.operations.search.planned).toBe(whole.operations.search.planned);
    expect(sum.operations.search.latencyUs.count).toBe(whole.operations.search.latencyUs.count);
    expect(slices.find(({ toMs }) => toMs === 3000)?.players).toBe((await alone(3000)).players);
  });

  test('go on when one of them is lost, and name it', async () => {
    const { crew, clock, hands } = stage(3);
    await settle(clock, crew.engine.start());
    await clock.runFor(2000);
    hands[1]?.lose();
    await clock.runFor(1000);
    const { search } = (await settle(clock, crew.engine.figures(0, 3000))).operations;
    expect(search.planned).toBeGreaterThan(0);
    await settle(clock, crew.engine.stop());
    expect((await settle(clock, crew.engine.generator())).lost).toEqual(['players 2 is gone']);
    expect((await settle(clock, crew.engine.crowd())).sessions).toBeLessThan(50);
  });

  test('when all are lost there is nothing more to measure, and it is said why', async () => {
    const { crew, clock, hands } = stage(2);
    await settle(clock, crew.engine.start());
    for (const hand of hands) hand.lose();
    expect(await settle(clock, crew.engine.crowd())).toEqual({ players: 0, sessions: 0, turnedAway: 0 });
    await settle(clock, crew.engine.cut());
    await settle(clock, crew.engine.stop());
    expect((await settle(clock, crew.engine.generator())).lost).toEqual(['players 1 is gone', 'players 2 is gone']);
  });

  test('have nothing to say before play has begun, to whoever asks', async () => {
    const { crew } = stage(2);
    const { engine } = crew;
    expect([engine.nowMs(), await engine.cut(), await engine.settled(), await engine.examples(0, 1)]).toEqual([0, 0, [], []]);
    expect(await engine.crowd()).toEqual({ players: 0, sessions: 0, turnedAway: 0 });
    expect((await engine.figures(0, 0)).operations.search.planned).toBe(0);
    await engine.stop();
    await crew.close();
  });

  test.each([1, 3])('%d of them: whoever waits for the play to begin is told when it has, not before', async (processes) => {
    const { crew, clock } = stage(processes);
    let hasBegun = false;
    const told = crew.begun.then(() => {
      hasBegun = true;
    });
    const started = crew.engine.start();
    await clock.runFor(1);
    expect([hasBegun, crew.engine.nowMs() < 0]).toEqual([false, true]);
    await settle(clock, started);
    await told;
    expect(crew.engine.nowMs()).toBeGreaterThanOrEqual(0);
  });

  test('whoever waits for a play that will not begin is told as well', async () => {
    const { crew } = stage(2);
    await crew.close();
    await crew.begun;
  });

  test('what goes wrong in one of them comes out of the whole', async () => {
    const { crew, clock } = stage(2);
    await settle(clock, crew.engine.start());
    await clock.runFor(1000);
    await expect(settle(clock, crew.engine.start())).rejects.toThrow('Play has begun already.');
  });
});

function stage(processes: number, delayMs?: () => number): Staged {
  const clock = createSimulatedClock();
  const transports = Array.from({ length: processes }, () => createMemoryTransport(clock, script));
  const hands = transports.map((transport, index) => handHere(`players ${index + 1}`, clock, transport, delayMs));
  const parts = hands.map((_, index) => ({
    crowd,
    shard: { index, of: processes },
    playersMax: 1000,
    pool,
    mapping: undefined,
    way: { secure: false },
  }));
  const crew = createCrew({ clock, sharedAheadMs: 0, hands, parts: Promise.resolve(parts) });
  crew.route([{ pod: 'a', origin: 'http://a.test', basePath: '' }]);
  return { crew, clock, hands, transports };
}

async function play(crew: OwnCrew, clock: SimulatedClock, forMs: number): Promise<void> {
  await settle(clock, crew.engine.start());
  await clock.runFor(forMs - crew.engine.nowMs());
  await settle(clock, crew.engine.stop());
}

/** The same crowd in one engine, up to that time. */
async function alone(untilMs: number): Promise<StretchFigures> {
  const clock = createSimulatedClock();
  const transport = createMemoryTransport(clock, script);
  transport.route([{ pod: 'a', origin: 'http://a.test', basePath: '' }]);
  const engine = createEngine({ clock, transport, cast: castOf(crowd, { pool }), vitals: () => ({ cpuSeconds: 0, rssBytes: 0 }) });
  await engine.start();
  await clock.runFor(untilMs);
  await engine.cut();
  const figures = engine.figures(0, untilMs);
  await settle(clock, engine.stop());
  return figures;
}

/** Lets time pass until the promise is settled. */
async function settle<T>(clock: SimulatedClock, promise: Promise<T>): Promise<T> {
  let over = false;
  promise.then(
    () => {
      over = true;
    },
    () => {
      over = true;
    },
  );
  for (let waitedMs = 0; waitedMs < 20_000 && !over; waitedMs++) await clock.runFor(waitedMs === 0 ? 0 : 1);
  return promise;
}
