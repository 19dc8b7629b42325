import { expect, test } from 'vitest';
import { type Crowd, createPlayer } from '../crowd/crowd.ts';
import { playMany } from './fixtures/many.ts';
import { hostileTemplates } from './hostile-bodies.ts';
import { edge, height } from './place.ts';
import { requestOf, templateOf } from './request.ts';
import { utf8Length } from './utf8.ts';

const crowd: Crowd = { seed: 17, players: 40, mix: { hostile: 1 }, joinMs: 0 };

test('every body is JSON with all that the API asks for, and no longer than it allows', () => {
  for (const { members } of hostileTemplates()) {
    const { build, region, inventoryDigest } = JSON.parse(`{${members}}`);
    for (const id of [build, region]) expect(id.length >= 1 && Array.from(id).length <= 64, members.slice(0, 80)).toBe(true);
    expect(Array.from(inventoryDigest).length).toBeLessThanOrEqual(512);
  }
});

test('none overrides a field of the player', () => {
  for (let journey = 0; journey < hostileTemplates().length; journey++) {
    const player = createPlayer(crowd, journey);
    Object.assign(player.ask, { kind: 'search', world: 'verdania', size: 128, limit: 8 });
    const body = JSON.parse(requestOf(player, templateOf([], player), '17-3-1').body as string);
    expect(body).toMatchObject({ playerId: player.playerId, requestId: '17-3-1', world: 'verdania', radius: 128, filters: { limit: 8 } });
  }
});

test('bytes are those of UTF-8, however wide the letters', () => {
  for (const { members, bytes } of hostileTemplates()) expect(bytes).toBe(Buffer.byteLength(members));
  for (const text of ['', 'a', 'ß', '探', '\u{1f3f0}', '\ud83c', '\udff0a', '\ud83c\ud83c\udff0'])
    expect(utf8Length(text)).toBe(Buffer.byteLength(text));
});

test('the longest are big, and there are bodies of every kind', () => {
  const sizes = hostileTemplates()
    .map(({ bytes }) => bytes)
    .sort((one, other) => one - other);
  expect(sizes[0]).toBeLessThan(80);
  expect(sizes.at(-1)).toBeGreaterThan(13_000);
  expect(sizes.at(-1)).toBeLessThan(16_000);
  expect(hostileTemplates().some(({ members, bytes }) => bytes > 2 * members.length)).toBe(true);
});

test('the corners of the world, its bottom and its sky are all asked for, and ids as long as may be', () => {
  const seen = new Set<string>();
  playMany({ ...crowd, players: 100 }, 60_000, ({ ask, sessionId, journey }) => {
    if (ask.kind === 'search') seen.add(`${ask.x} ${ask.y} ${ask.z}`);
    if (journey < 100) expect(sessionId).toHaveLength(64);
  });
  for (const corner of [`${edge.min} ${height.min} ${edge.min}`, `${edge.max} ${height.max} ${edge.max}`]) expect(seen).toContain(corner);
});
