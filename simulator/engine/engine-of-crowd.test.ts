import { describe, expect, test } from 'vitest';
import { operations } from '../../core/outcome.ts';
import { createSimulatedClock } from '../../core/simulated-clock.ts';
import { sentOf } from '../measure/accounting.ts';
import type { StretchFigures } from '../measure/figures.ts';
import { quantile, toJson } from '../measure/histogram.ts';
import { addSlice, emptyStretch } from '../measure/stretch.ts';
import type { Player } from '../players/player.ts';
import type { ScriptedReply } from '../transports/memory.ts';
import { act, createStage, late, ok, pause, type StageOptions } from './stage.ts';

describe('what is counted', () => {
  test('the same seed plays the same run, another seed another one', async () => {
    const first = await playMixed(17);
    expect(await playMixed(17)).toEqual(first);
    expect(await playMixed(18)).not.toEqual(first);
  });

  test('every action is accounted for while pods crash and come back: what the pods counted is what was sent', async () => {
    const stage = createStage({ players: 40, behave: hammer(20), script: () => ok(5 + (stageCount++ % 40)), pods: ['a', 'b', 'c'] });
    let stageCount = 0;
    await stage.engine.start();
    for (let round = 0; round < 10; round++) {
      const pod = ['a', 'b', 'c'][round % 3] as string;
      await stage.clock.runFor(400);
      stage.transport.crash(pod);
      await stage.clock.runFor(300);
      stage.transport.revive(pod);
    }
    await stage.stop();
    const { search } = (await stage.figures()).operations;
    expect(search.outcomes.unknown).toBeGreaterThan(0);
    expect(search.outcomes.unreachable).toBeGreaterThan(0);
    expect(search.pending).toBe(0);
    expect(sentOf(search)).toBe(['a', 'b', 'c'].reduce((sum, pod) => sum + stage.transport.counted(pod), 0));
    expect(search.planned).toBe(sentOf(search) + search.outcomes.unreachable);
  });

  test('a service that answers one search in a hundred with an empty chest is reported at 1 % empty', async () => {
    let asked = 0;
    const stage = createStage({ players: 20, behave: hammer(50), script: () => (asked++ % 100 === 99 ? ok(3, 'empty') : ok(3)) });
    await stage.play(10_000);
    const { planned, outcomes } = (await stage.figures()).operations.search;
    expect(planned).toBeGreaterThan(3000);
    expect(outcomes.empty).toBe(Math.floor(planned / 100));
    expect(outcomes.ok + outcomes.empty).toBe(planned);
  });

  test('refusals are kept by class', async () => {
    const statuses = [429, 503, 404, 200];
    const script = (): ScriptedReply => ({ kind: 'answered', afterMs: 1, status: statuses.shift() ?? 200, body: 'ok' });
    const stage = createStage({ players: 1, behave: hammer(10), script });
    await stage.play(100);
    expect((await stage.figures()).operations.search.refusals).toEqual({ '4xx': 1, '429': 1, '5xx': 1 });
  });

  test('slices handed out one by one add up to the whole', async () => {
    const stage = createStage({ players: 10, behave: hammer(30), script: () => ok(700) });
    const slices: StretchFigures[] = [];
    await stage.engine.start();
    for (let second = 0; second < 8; second++) {
      await stage.clock.runFor(900);
      await stage.engine.cut();
      slices.push(...(await stage.engine.settled()));
    }
    await stage.stop();
    slices.push(...(await stage.engine.settled()));
    const sum = emptyStretch(0, 0);
    for (const slice of slices) addSlice(sum, slice);
    expect(slices.at(-1)?.toMs).toBe(stage.engine.nowMs());
    expect(sum.operations.search.planned).toBe((await stage.figures()).operations.search.planned);
    expect(toJson(sum.operations.search.latencyUs)).toEqual(toJson((await stage.figures()).operations.search.latencyUs));
  });

  test('keeps examples that lead to a journey, a request and a pod, and not all of them', async () => {
    const stage = createStage({ players: 5, behave: hammer(10), script: () => ok(1, 'empty') });
    await stage.play(2000);
    const examples = await stage.engine.examples(0, 2000);
    expect(examples).toHaveLength(20);
    expect(examples[0]).toMatchObject({ operation: 'search', outcome: 'empty', status: 200, pod: 'a', detail: 'nothing of use' });
    expect(examples[0]?.requestId).toBe(`r-${examples[0]?.journey}-0`);
  });
});

describe('time', () => {
  test('latency under a stall of the service is that of the schedule, computed by hand', async () => {
    const stall = { fromMs: 3000, toMs: 5000 };
    const answerAt = (ms: number) => (ms >= stall.fromMs && ms < stall.toMs ? stall.toMs + 1 : ms + 1);
    const stage = createStage({ players: 10, behave: hammer(100), script: () => ok(answerAt(stage.clock.nowMs()) - stage.clock.nowMs()) });
    await stage.play(10_000);
    const latenciesMs = scheduleOf(10_000, 100, answerAt).flatMap((latencyMs) => Array.from({ length: 10 }, () => latencyMs));
    const { latencyUs } = (await stage.figures()).operations.search;
    expect(latencyUs.count).toBe(latenciesMs.length);
    for (const q of [0.5, 0.9, 0.98, 0.99, 0.999]) {
      const exactUs = rank(latenciesMs, q) * 1000;
      expect(Math.abs((quantile(latencyUs, q) ?? 0) - exactUs)).toBeLessThanOrEqual(exactUs * 0.01);
    }
  });

  test('when the generator itself stalls, the wait counts as latency and as lag, not as service time', async () => {
    const stage = createStage({ players: 10, behave: hammer(100), script: () => ok(1), clock: late(createSimulatedClock(), 3000, 5000) });
    await stage.play(10_000);
    const { latencyUs, serviceUs } = (await stage.figures()).operations.search;
    expect(serviceUs.max).toBe(1000);
    expect(latencyUs.max).toBeGreaterThan(1_800_000);
    expect((await stage.engine.generator()).lagUs.max).toBeGreaterThan(1_800_000);
  });

  test('a pause ends when it was meant to, so that lateness in it is seen at the next action', async () => {
    function* thinker(player: Player) {
      yield pause(player, 3100);
      for (;;) yield act(player, 'search', 0);
    }
    const stage = createStage({
      players: 1,
      behave: thinker,
      script: () => ok(60_000),
      clock: late(createSimulatedClock(), 3000, 5000),
      patienceMs: 4000,
    });
    await stage.engine.start();
    await stage.clock.runFor(5500);
    expect((await stage.engine.figures(3000, 4000)).operations.search.planned).toBe(1);
    expect((await stage.engine.generator()).lagUs.max).toBe(1_900_000);
  });

  test('a cut splits the run exactly', async () => {
    const stage = createStage({ players: 1, behave: hammer(100), script: () => ok(0) });
    await stage.engine.start();
    await stage.clock.runFor(1550);
    await stage.engine.cut();
    await stage.clock.runFor(1000);
    const left = (await stage.engine.figures(0, 1550)).operations.search.planned;
    const right = (await stage.engine.figures(1550, 3000)).operations.search.planned;
    expect([left, right]).toEqual([15, 10]);
  });
});

describe('what never was sent', () => {
  test('beyond the limit of exchanges under way actions are dropped, and counted', async () => {
    const stage = createStage({ players: 3, behave: hammer(100), script: () => ok(1000), inFlightMax: 1 });
    await stage.play(5000);
    const { outcomes } = (await stage.figures()).operations.search;
    expect(outcomes.dropped).toBeGreaterThan(50);
    expect((await stage.engine.generator()).dropped).toBe(outcomes.dropped);
    expect(stage.transport.counted('a')).toBe(sentOf((await stage.figures()).operations.search));
  });

  test('an action that starts later than the player has patience for is dropped: our fault, not the service', async () => {
    const stage = createStage({
      players: 1,
      behave: hammer(100),
      script: () => ok(1),
      clock: late(createSimulatedClock(), 1000, 4000),
      patienceMs: 500,
    });
    await stage.play(6000);
    expect((await stage.figures()).operations.search.outcomes).toMatchObject({ dropped: 1, unknown: 0 });
  });

  test('what was due when play ended, and had not begun, is abandoned', async () => {
    const stage = createStage({ players: 4, behave: hammer(100), script: () => ok(1), clock: late(createSimulatedClock(), 50, 5000) });
    await stage.engine.start();
    await stage.clock.runFor(1000);
    await stage.stop();
    expect((await stage.figures()).operations.search).toMatchObject({ planned: 4, outcomes: { abandoned: 4, ok: 0 } });
    expect(stage.transport.counted('a')).toBe(0);
  });

  test('players leave at the end: what was not due yet is not planned, what is under way is waited for', async () => {
    const stage = createStage({ players: 6, behave: hammer(100), script: () => ok(1000) });
    await stage.engine.start();
    await stage.clock.runFor(500);
    let stopped = false;
    const stopping = stage.engine.stop().then(() => {
      stopped = true;
    });
    await stage.clock.runFor(500);
    expect(stopped).toBe(false);
    await stage.clock.runFor(200);
    await stopping;
    expect((await stage.figures()).operations.search).toMatchObject({ planned: 6, pending: 0, outcomes: { ok: 6 } });
    expect((await stage.engine.crowd()).players).toBe(0);
  });

  test('a service that never answers cannot keep play from ending', async () => {
    const stage = createStage({ players: 6, behave: hammer(100), script: () => ({ kind: 'silent' }), patienceMs: 700 });
    await stage.play(500);
    expect((await stage.figures()).operations.search.outcomes.unknown).toBe(6);
    expect((await stage.figures()).operations.search.latencyUs.min).toBe(700_000);
  });
});

describe('faults of our own', () => {
  test('an error in a callback is thrown at whoever asks next, and ends play', async () => {
    const judge = () => {
      throw new Error('the judge fell over');
    };
    const stage = createStage({ players: 1, behave: hammer(10), script: () => ok(1), judge });
    await stage.engine.start();
    await stage.clock.runFor(100);
    await expect(stage.engine.figures(0, 1000)).rejects.toThrow('the judge fell over');
    await expect(stage.engine.settled()).rejects.toThrow('the judge fell over');
    await expect(stage.engine.stop()).rejects.toThrow('the judge fell over');
  });

  test('a behaviour that never waits is one', async () => {
    function* restless(player: Player) {
      for (;;) yield pause(player, 0);
    }
    const stage = createStage({ players: 1, behave: restless, script: () => ok(1) });
    await stage.engine.start();
    await stage.clock.runFor(10);
    await expect(stage.engine.settled()).rejects.toThrow(/without ever waiting/);
  });
});

async function playMixed(seed: number): Promise<unknown> {
  const script: StageOptions['script'] = ({ requestId }) => {
    const number = [...requestId].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) % 1009, 7);
    if (number % 50 === 0) return { kind: 'silent' };
    if (number % 41 === 0) return { kind: 'unknown', afterMs: 3, why: 'reset' };
    return { kind: 'answered', afterMs: 2 + (number % 30), status: number % 37 === 0 ? 503 : 200, body: '{"treasures":[]}' };
  };
  const stage = createStage({
    crowd: { seed, players: 60, mix: { explorer: 1, farmer: 2, wanderer: 1 }, joinMs: 1000 },
    script,
    pods: ['a', 'b'],
  });
  await stage.play(20_000);
  const { chains, ...figures } = await stage.figures();
  expect(operations.reduce((sum, operation) => sum + figures.operations[operation].planned, 0)).toBeGreaterThan(500);
  return JSON.parse(JSON.stringify({ figures, chains, examples: await stage.engine.examples(0, 20_000) }));
}

function hammer(gapMs: number) {
  return function* (player: Player) {
    for (;;) yield act(player, 'search', gapMs);
  };
}

/** Latencies of one closed player, ms: acts `gapMs` after each answer. */
function scheduleOf(forMs: number, gapMs: number, answerAt: (ms: number) => number): readonly number[] {
  const latencies: number[] = [];
  for (let dueMs = gapMs; dueMs <= forMs; dueMs = answerAt(dueMs) + gapMs) latencies.push(answerAt(dueMs) - dueMs);
  return latencies;
}

function rank(list: readonly number[], q: number): number {
  const sorted = [...list].sort((one, other) => one - other);
  return sorted[Math.max(0, Math.ceil(q * list.length - 1e-6) - 1)] as number;
}
