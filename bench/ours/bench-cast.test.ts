import { expect, test } from 'vitest';
import { benchCast } from './bench-cast.ts';
import { paced } from './personas.ts';

const persona = paced(15_000);
const pool = [{ members: '"build":"1"', bytes: 11 }];

test('shards share the players out without a gap and without playing anybody twice', () => {
  const journeys = [0, 1, 2].flatMap((index) => {
    const found: number[] = [];
    const crowd = { seed: 17, players: 100, joinMs: 4000, persona, world: null, shard: { index, of: 3 }, pool };
    for (const arrivals = benchCast(crowd).arrivals(); arrivals.atMs < Number.POSITIVE_INFINITY; arrivals.next())
      found.push(arrivals.journey);
    return found;
  });
  expect(journeys.sort((one, other) => one - other)).toEqual(Array.from({ length: 100 }, (_unused, n) => n));
});

test('the first chain comes at once and the second at a time of its own within the pace', () => {
  const cast = benchCast({ seed: 17, players: 200, joinMs: 0, persona, world: null, shard: { index: 0, of: 1 }, pool });
  const pauses = Array.from({ length: 200 }, (_unused, slot) => {
    const player = cast.player(slot, 0);
    const life = player.persona.behave(player);
    for (let move = 0; move < 6; move++) {
      if (life.next().value?.kind === 'pause') return player.ask.gapMs;
      player.answer.outcome = 'ok';
    }
    return Number.NaN;
  });
  expect(Math.min(...pauses)).toBeLessThan(1000);
  expect(Math.max(...pauses)).toBeGreaterThan(14_000);
  expect(Math.max(...pauses)).toBeLessThan(15_000);
});
