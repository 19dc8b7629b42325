import { describe, expect, test } from 'vitest';
import type { Outcome } from '../../core/outcome.ts';
import { random } from '../../core/random.ts';
import { createPlayer } from '../crowd/crowd.ts';
import { playChain } from './chain.ts';
import type { Player } from './player.ts';
import { retryWaitMaxMs } from './retry.ts';
import { pickRetryStyle } from './retry-style.ts';

const style = { radius: 128, rarityMin: '', limit: 8, spawnsRadius: 96, mapSize: 32, linkMsMin: 80, linkMsMax: 600 } as const;

describe('a chain', () => {
  test('goes from the treasure to the spawns near it and the map of the land there', () => {
    const { lines, player } = playedWith(['ok', 'ok', 'ok']);
    expect(lines).toEqual(['begun', 'search 0', 'spawns 0', 'biome 0', 'useful']);
    expect(player.ask).toMatchObject({ x: 700, z: -700, size: 32 });
  });

  test('asks for the spawns of the very treasure that the search found', () => {
    const { asks } = playedWith(['ok', 'ok', 'ok']);
    expect(asks[2]).toMatchObject({ kind: 'spawns', treasureId: 't-found', size: 96 });
  });

  test('has sub-second gaps between its links, and none before the first', () => {
    const { asks } = playedWith(['ok', 'ok', 'ok']);
    expect(asks[1]?.gapMs).toBe(0);
    for (const link of asks.slice(2, 4)) {
      expect(link.gapMs).toBeGreaterThanOrEqual(80);
      expect(link.gapMs).toBeLessThanOrEqual(600);
    }
  });

  test.each<Outcome>(['empty', 'wrong', 'refused', 'unknown', 'unreachable'])(
    'tries a link again after %s, as an action of its own',
    (failed) => {
      expect(playedWith(['ok', failed, failed, 'ok', 'ok']).lines).toEqual([
        'begun',
        'search 0',
        'spawns 0',
        'spawns 1',
        'spawns 2',
        'biome 0',
        'useful',
      ]);
    },
  );

  test('is lost when a link used up its retries, and plays no further link', () => {
    expect(playedWith(['empty', 'empty', 'empty']).lines).toEqual(['begun', 'search 0', 'search 1', 'search 2', 'lost']);
    expect(playedWith(['ok', 'ok', 'refused', 'unknown', 'empty']).lines.slice(-4)).toEqual(['biome 0', 'biome 1', 'biome 2', 'lost']);
  });

  test.each<Outcome>(['dropped', 'abandoned'])('is lost at once after %s: what was never sent is not made up for', (failed) => {
    expect(playedWith([failed]).lines).toEqual(['begun', 'search 0', 'lost']);
  });
});

test('waits before retries are spread over the whole allowed time, which doubles up to its cap', () => {
  const waits = Array.from({ length: 400 }, (_, journey) => playedWith(['empty', 'empty', 'empty'], journey).asks);
  for (const [attempt, maxMs] of [
    [1, 150],
    [2, 300],
  ] as const) {
    const gaps = waits.map((asks) => asks[attempt + 1]?.gapMs as number);
    expect(Math.max(...gaps)).toBeLessThanOrEqual(maxMs);
    expect(Math.max(...gaps)).toBeGreaterThan(0.95 * maxMs);
    expect(Math.min(...gaps)).toBeLessThan(0.05 * maxMs);
  }
  const policy = { retriesMax: 9, baseMs: 150, capMs: 1000, quitPerMille: 0 };
  expect([0, 1, 2, 3, 30, 1e9].map((n) => retryWaitMaxMs(policy, n))).toEqual([150, 300, 600, 1000, 1000, 1000]);
});

/** Plays one chain of an explorer (two retries, with back-off) whose actions end as scripted. */
function playedWith(outcomes: readonly Outcome[], journey = 0) {
  const player = createPlayer({ seed: 17, players: 1, mix: { explorer: 1 }, joinMs: 0 }, journey);
  player.retryStyle = pickRetryStyle(random(17), { backoff: 1 });
  const rest = [...outcomes];
  const asks: Player['ask'][] = [];
  for (const ask of playChain(player, style)) {
    asks.push({ ...ask });
    if (ask.kind !== 'chain') end(player, rest.shift() ?? 'abandoned');
  }
  expect(rest).toEqual([]);
  return { player, asks, lines: asks.map((ask) => (ask.kind === 'chain' ? ask.chain : `${ask.kind} ${ask.attempt}`)) };
}

function end(player: Player, outcome: Outcome): void {
  player.answer.outcome = outcome;
  if (outcome === 'ok' && player.ask.kind === 'search') Object.assign(player.answer, { treasureId: 't-found', x: 700, y: 64, z: -700 });
}
