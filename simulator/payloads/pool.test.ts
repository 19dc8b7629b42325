import { expect, test } from 'vitest';
import { createPlayer } from '../crowd/crowd.ts';
import { requestOf } from '../players/request.ts';
import { buildPool, poolSizeMax } from './pool.ts';

const pool = buildPool(17, poolSizeMax);

test('the same seed gives the same pool, another seed another one', () => {
  expect(buildPool(17, 100)).toEqual(pool.slice(0, 100));
  expect(buildPool(18, 100)).not.toEqual(pool.slice(0, 100));
});

test('filled bodies have about 500 bytes, and a tail', () => {
  const sizes = bodies()
    .map((body) => Buffer.byteLength(body))
    .sort((one, other) => one - other);
  const quantile = (share: number) => sizes[Math.floor(share * sizes.length)] as number;
  expect(quantile(0.5)).toBeGreaterThan(440);
  expect(quantile(0.5)).toBeLessThan(560);
  expect(sizes.reduce((sum, size) => sum + size, 0) / sizes.length).toBeLessThan(600);
  const hoards = sizes.filter((size) => size > 1500).length / sizes.length;
  expect(hoards).toBeGreaterThan(0.003);
  expect(hoards).toBeLessThan(0.02);
  expect(quantile(0.999_9)).toBeLessThan(4096);
});

test('every filled body is JSON in which no template overrides a field of the player', () => {
  for (const body of bodies()) {
    const { playerId, requestId, inventoryDigest, position, radius } = JSON.parse(body);
    expect([playerId, requestId, radius]).toEqual(['player-3', '17-3-1', 128]);
    expect(position).toEqual({ x: 0, y: 0, z: 0 });
    expect(inventoryDigest.length).toBeLessThanOrEqual(512);
  }
});

test('some names are longer in bytes than in characters', () => {
  const wide = pool.filter(({ members, bytes }) => bytes > members.length).length / pool.length;
  expect(wide).toBeGreaterThan(0.1);
  expect(wide).toBeLessThan(0.5);
});

test('a pool fits into the megabyte that a ConfigMap holds', () => {
  expect(Buffer.byteLength(JSON.stringify(pool))).toBeLessThan(1024 * 1024);
});

test.each([0, -1, 1.5, poolSizeMax + 1, Number.NaN])('a pool of %d templates is refused', (size) => {
  expect(() => buildPool(1, size)).toThrow(RangeError);
});

function bodies(): readonly string[] {
  const player = createPlayer({ seed: 17, players: 10, mix: { explorer: 1 }, joinMs: 0 }, 3);
  Object.assign(player.ask, { kind: 'search', world: 'verdania', size: 128, limit: 8 });
  return pool.map((template) => requestOf(player, template, '17-3-1').body as string);
}
