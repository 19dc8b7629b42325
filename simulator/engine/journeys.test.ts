import { describe, expect, test } from 'vitest';
import type { Arrivals } from '../../core/arrivals.ts';
import type { Player } from '../players/player.ts';
import { act, chain, createStage, ok, pause } from './stage.ts';

describe('chains and journeys', () => {
  test('a chain counts once, from its first intention to its last answer', async () => {
    const stage = createStage({ players: 1, behave: once(chain([50, 50])), script: () => ok(10) });
    await stage.play(900);
    const { chains } = await stage.figures();
    expect(chains).toMatchObject({ planned: 1, pending: 0, completed: 1, useful: 1 });
    expect(chains.latencyUs.max).toBe(130_000);
  });

  test('a chain whose last link is empty was completed, and of no use; one that broke off was not even that', async () => {
    const bodies = ['ok', 'ok', 'empty', 'ok', 'empty'];
    const stage = createStage({ players: 1, behave: twice(chain([5, 5])), script: () => ok(1, bodies.shift() ?? 'ok') });
    await stage.play(900);
    expect((await stage.figures()).chains).toMatchObject({ planned: 2, completed: 1, useful: 0 });
  });

  test('a chain that the end of play cuts short is not counted', async () => {
    const stage = createStage({ players: 1, behave: once(chain([500, 500])), script: () => ok(10) });
    await stage.play(400);
    expect((await stage.figures()).chains).toMatchObject({ planned: 0, pending: 0 });
    expect((await stage.figures()).operations.search.outcomes.ok).toBe(1);
  });

  test('whoever comes when a place is free again plays there, on a connection of its own', async () => {
    const behave = once((player) => [act(player, 'search', 10)]);
    const stage = createStage({ players: 2, behave, script: () => ok(10), arrivals: () => comingAt([0, 0, 1000, 1000]) });
    await stage.engine.start();
    await stage.clock.runFor(25);
    expect(await stage.engine.crowd()).toEqual({ players: 0, sessions: 2, turnedAway: 0 });
    await stage.clock.runFor(1010);
    expect((await stage.engine.crowd()).sessions).toBe(4);
    expect(stage.transport.accepted('a')).toBe(4);
  });
});

describe('sessions', () => {
  test('who means to be gone before a pause is over leaves instead, of its own accord', async () => {
    function* thinker(player: Player) {
      for (;;) {
        yield act(player, 'search', 0);
        yield pause(player, 100);
      }
    }
    const stage = createStage({ players: 1, behave: thinker, script: () => ok(10), sessionMs: 250 });
    await stage.engine.start();
    await stage.clock.runFor(900);
    const { search } = (await stage.figures()).operations;
    expect(search).toMatchObject({ planned: 3, outcomes: { ok: 3, abandoned: 0 } });
    expect(await stage.engine.crowd()).toMatchObject({ players: 0, sessions: 1 });
  });

  test('a relaunch closes the connection at once, and is back after its gap as a new session on a new connection', async () => {
    function* restarter(player: Player) {
      yield act(player, 'search', 0);
      Object.assign(player.ask, { kind: 'relaunch', gapMs: 300 });
      yield player.ask;
      yield act(player, 'search', 50);
      yield pause(player, 5000);
    }
    const stage = createStage({ players: 1, behave: restarter, script: () => ok(10) });
    await stage.engine.start();
    await stage.clock.runFor(200);
    expect(await stage.engine.crowd()).toMatchObject({ players: 0, sessions: 1 });
    await stage.clock.runFor(200);
    expect(await stage.engine.crowd()).toMatchObject({ players: 1, sessions: 2 });
    expect(stage.transport.accepted('a')).toBe(2);
    await stage.stop();
    expect((await stage.figures()).operations.search).toMatchObject({ planned: 2, outcomes: { ok: 2 } });
    expect((await stage.engine.crowd()).players).toBe(0);
  });

  test('play that ends during a relaunch leaves nobody behind', async () => {
    function* restarter(player: Player) {
      Object.assign(player.ask, { kind: 'relaunch', gapMs: 300 });
      yield player.ask;
    }
    const stage = createStage({ players: 3, behave: restarter, script: () => ok(10) });
    await stage.play(100);
    expect(await stage.engine.crowd()).toMatchObject({ players: 0, sessions: 3 });
    expect((await stage.figures()).players).toBe(0);
  });

  test('thousands who come at once, after a stall of our own, are let in: that is no behaviour that never waits', async () => {
    const behave = once((player) => [act(player, 'search', 100)]);
    const stage = createStage({
      players: 5000,
      behave,
      script: () => ok(10),
      arrivals: () => comingAt(Array.from({ length: 5000 }, () => 0)),
    });
    await stage.play(500);
    expect((await stage.figures()).operations.search.outcomes.ok).toBe(5000);
  });

  test('who comes while every place is taken is counted, and plays nowhere', async () => {
    const arrivals = () => comingAt([0, 0, 10, 20, 300]);
    const stage = createStage({ players: 2, behave: once((player) => [act(player, 'search', 100)]), script: () => ok(10), arrivals });
    await stage.play(1000);
    expect(await stage.engine.crowd()).toEqual({ players: 0, sessions: 3, turnedAway: 2 });
    expect((await stage.figures()).operations.search.outcomes.ok).toBe(3);
  });
});

function once(moves: (player: Player) => Iterable<Player['ask']>) {
  return function* (player: Player) {
    yield* moves(player);
  };
}

function twice(moves: (player: Player) => Iterable<Player['ask']>) {
  return function* (player: Player) {
    yield* moves(player);
    yield* moves(player);
  };
}

function comingAt(dues: readonly number[]): Arrivals {
  let journey = 0;
  return {
    get atMs() {
      return dues[journey] ?? Number.POSITIVE_INFINITY;
    },
    get journey() {
      return journey;
    },
    next() {
      journey += 1;
    },
  };
}
