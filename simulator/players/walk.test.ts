import { expect, test } from 'vitest';
import { createPlayer } from '../crowd/crowd.ts';
import { inside, insideHeight } from './place.ts';
import type { Player } from './player.ts';
import { somewhereNear, walkTowards } from './walk.ts';

test('a walk takes its time, and brings the player as far as its feet carry it', () => {
  const player = playerAt(0, 0);
  const walk = walkTowards(player, { x: 120, y: 70, z: -60 }, 10_000);
  expect(walk.next().value).toMatchObject({ kind: 'pause', gapMs: 10_000 });
  expect([player.x, player.z]).toEqual([0, 0]);
  walk.next();
  expect([player.x, player.z]).toEqual([60, -30]);
});

test('nobody walks past the goal, or out of the world', () => {
  const player = playerAt(31_990, -31_990);
  for (const _ of walkTowards(player, { x: 31_995, y: 900, z: -31_995 }, 60_000));
  expect([player.x, player.y, player.z]).toEqual([31_995, 319, -31_995]);
  for (const _ of walkTowards(player, { x: 99_000, y: 64, z: -99_000 }, 60_000));
  expect([player.x, player.z]).toEqual([31_999, -32_000]);
});

test('places around the edge of the world lie inside it', () => {
  const player = playerAt(0, 0);
  const places = Array.from({ length: 200 }, () => somewhereNear(player, { x: -31_990, y: 64, z: 31_990 }, 96));
  expect(Math.min(...places.map(({ x }) => x))).toBe(-32_000);
  expect(Math.max(...places.map(({ z }) => z))).toBe(31_999);
});

test('coordinates become whole blocks inside the world', () => {
  expect([inside(1.9), inside(-1.1), inside(1e9), inside(-1e9)]).toEqual([1, -2, 31_999, -32_000]);
  expect([insideHeight(64.5), insideHeight(-65), insideHeight(320)]).toEqual([64, -64, 319]);
});

function playerAt(x: number, z: number): Player {
  return { ...createPlayer({ seed: 17, players: 1, mix: { wanderer: 1 }, joinMs: 0 }, 0), x, z };
}
