import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createPlayer } from '../crowd/crowd.ts';
import { buildPool } from '../payloads/pool.ts';
import { blankAnswer, blankAsk } from './blank.ts';
import { judge } from './judge.ts';
import { spawnsNear } from './move.ts';
import type { Ask, Player } from './player.ts';
import { requestIdOf, requestOf, templateOf } from './request.ts';

const pool = buildPool(17, 50);
const crowd = { seed: 17, players: 50, mix: { explorer: 1 }, joinMs: 0 };

test('a search is a POST with every field that the contract names', () => {
  const player = asking({ kind: 'search', world: 'nimbus', x: -5, y: 64, z: 9, size: 256, rarityMin: 'uncommon', limit: 12 });
  const request = requestOf(player, templateOf(pool, player), '17-3-9');
  expect(request).toMatchObject({ method: 'POST', path: '/v1/treasures/search', requestId: '17-3-9' });
  expect(JSON.parse(request.body as string)).toMatchObject({
    playerId: player.playerId,
    sessionId: player.sessionId,
    world: 'nimbus',
    position: { x: -5, y: 64, z: 9 },
    radius: 256,
    filters: { rarityMin: 'uncommon', limit: 12 },
    inventoryDigest: expect.stringMatching(/^[0-9a-f]{48,480}$/),
    build: expect.any(String),
    region: expect.any(String),
    requestId: '17-3-9',
  });
});

test('a search without a wish for rarity does not send one', () => {
  const body = requested(asking({ kind: 'search', limit: 8 })).body as string;
  expect(JSON.parse(body).filters).toEqual({ limit: 8 });
});

test('spawns and maps are GETs with the parameters in the address', () => {
  expect(requested(asking({ kind: 'spawns', treasureId: 't-0-1', size: 96 }))).toEqual({
    method: 'GET',
    path: '/v1/spawns?near=t-0-1&radius=96',
    body: null,
    requestId: '1',
  });
  const map = requested(asking({ kind: 'biome', world: 'emberfall', x: -32_000, z: 31_999, size: 32 }));
  expect(map.path).toBe('/v1/biomes/emberfall/-32000/31999/map?size=32');
});

test('whatever id a server gives a chest that was judged ok, the next link is a valid address that leads back to it', () => {
  const anyText = fc.array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 8 }).map((units) => String.fromCharCode(...units));
  fc.assert(
    fc.property(anyText, (id) => {
      const answer = blankAnswer();
      const chest = { id, position: { x: 1.5, y: 2, z: 1e9 }, rarity: 'common', distance: 1, loot: ['rope'] };
      judge({ ...blankAsk(), kind: 'search' }, 200, JSON.stringify({ treasures: [chest] }), answer);
      fc.pre(answer.outcome === 'ok');
      const player = asking({});
      spawnsNear(player, answer, 64, 100);
      const url = new URL(requested(player).path, 'http://127.0.0.1');
      expect(url.searchParams.get('near')).toBe(id);
      expect([player.ask.x, player.ask.z]).toEqual([1, 31_999]);
    }),
  );
});

describe('request ids', () => {
  test('are unique for seed, journey and sequence, and short enough for the service', () => {
    const ids = new Set([requestIdOf(1, 2, 3), requestIdOf(1, 23, 3), requestIdOf(12, 3, 3), requestIdOf(1, 2, 33)]);
    expect(ids.size).toBe(4);
    expect(requestIdOf(Number.MAX_SAFE_INTEGER, 4_294_967_295, 4_294_967_295).length).toBeLessThanOrEqual(64);
  });
});

test('a persona with bodies of its own sends those', () => {
  const player = asking({ kind: 'search', limit: 8 });
  const template = { members: '"build":"own"', bytes: 13 };
  player.persona = { ...player.persona, templates: [template] };
  expect(templateOf(pool, player)).toBe(template);
  expect(JSON.parse(requested(player).body as string).build).toBe('own');
});

test('a pause sends nothing, and asking for its request is an error', () => {
  expect(() => requested(asking({ kind: 'pause' }))).toThrow('A pause sends nothing.');
});

function asking(ask: Partial<Ask>): Player {
  const player = createPlayer(crowd, 3);
  Object.assign(player.ask, ask);
  return player;
}

function requested(player: Player) {
  return requestOf(player, templateOf(pool, player), '1');
}
