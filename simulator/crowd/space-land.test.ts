import { describe, expect, test } from 'vitest';
import { random } from '../../core/random.ts';
import { playMany } from '../players/fixtures/many.ts';
import { edge } from '../players/place.ts';
import type { Player } from '../players/player.ts';
import { type Crowd, createPlayer } from './crowd.ts';
import { cellAt, cellsPerWorld } from './grid.ts';
import { checkSpace, defaultConvergence, defaultSpace, type Space, spaceRows } from './space.ts';
import { SpaceLand } from './space-land.ts';

const crowd: Crowd = { seed: 17, players: 3000, mix: { explorer: 6, farmer: 2, wanderer: 2 }, joinMs: 0 };

describe('where players are', () => {
  const inCells = timeInCells(crowd, 0, 120_000);

  test('the top 5 % of the cells that are visited hold about 30 % of the time', () => {
    expect(shareOfTop(inCells, 3 * 50)).toBeGreaterThan(0.25);
    expect(shareOfTop(inCells, 3 * 50)).toBeLessThan(0.45);
  });

  test('a player starts by the same law, and inside the world', () => {
    const starts = new Map<string, number>();
    for (let journey = 0; journey < 20_000; journey++) {
      const player = createPlayer(crowd, journey);
      starts.set(keyOf(player), (starts.get(keyOf(player)) ?? 0) + 1);
      expect(Math.min(player.x, player.z)).toBeGreaterThanOrEqual(edge.min + 256);
      expect(Math.max(player.x, player.z)).toBeLessThanOrEqual(edge.max - 256);
    }
    expect(shareOfTop(starts, 3 * 50)).toBeGreaterThan(0.3);
    expect(shareOfTop(starts, 3 * 50)).toBeLessThan(0.42);
  });

  test('25 to 35 % of the cells that a player comes to it has been to before, within its first ten portals', () => {
    const land = new SpaceLand(17, defaultSpace);
    let revisits = 0;
    for (let journey = 0; journey < 2000; journey++) {
      const player = createPlayer(crowd, journey);
      const seen = new Set([cellAt(player)]);
      for (let portal = 0; portal < 10; portal++) {
        const cell = cellAt(land.goal(player));
        if (seen.has(cell)) revisits += 1;
        seen.add(cell);
      }
    }
    expect(revisits / 20_000).toBeGreaterThan(0.25);
    expect(revisits / 20_000).toBeLessThan(0.35);
  });

  test('where journey n of a seed starts does not depend on how many play, and another seed has other hot cells', () => {
    const start = (seed: number) => new SpaceLand(seed, defaultSpace).start(random(seed, 3), 0);
    expect(start(17)).toEqual(start(17));
    const hottest = (seed: number) => [...timeInCells({ ...crowd, seed, players: 500 }, 0, 20_000)].sort((a, b) => b[1] - a[1])[0]?.[0];
    expect(hottest(17)).not.toBe(hottest(18));
  });
});

describe('parties', () => {
  const partying: Crowd = { ...crowd, players: 400, mix: { 'party-member': 1 } };

  test('are in one cell, and move to another one together', () => {
    const places = new Map<number, Map<number, Set<string>>>();
    playMany(partying, 600_000, (player, atMs) => {
      if (player.ask.kind !== 'search') return;
      const minute = Math.floor(atMs / 60_000);
      const cells = places.get(player.group) ?? new Map<number, Set<string>>();
      places.set(player.group, cells);
      cells.set(minute, (cells.get(minute) ?? new Set()).add(keyOf(player)));
    });
    expect(places.size).toBeGreaterThan(80);
    const perMinute = [...places.values()].flatMap((cells) => [...cells.values()].map((each) => each.size));
    // In most minutes a party is in one place, in those of a move in two.
    expect(perMinute.filter((cells) => cells === 1).length / perMinute.length).toBeGreaterThan(0.6);
    expect(perMinute.filter((cells) => cells > 2).length / perMinute.length).toBeLessThan(0.05);
    const perTenMinutes = [...places.values()].map((cells) => new Set([...cells.values()].flatMap((each) => [...each])).size);
    expect(perTenMinutes.filter((cells) => cells > 1).length / perTenMinutes.length).toBeGreaterThan(0.9);
  });

  test('have four members on average, and whoever comes later takes an empty chair', () => {
    const parties = new Set(Array.from({ length: 400 }, (_, journey) => createPlayer(partying, journey).group));
    expect(Math.max(...parties)).toBeLessThanOrEqual(200);
    expect(createPlayer(partying, 40_000).group).toBeLessThanOrEqual(200);
    expect(createPlayer(crowd, 3).group).toBe(0);
  });
});

describe('events', () => {
  test('35 % of all players come to one cell within three minutes, evenly, stay, and go their own ways again', () => {
    const atMs = 60_000;
    const space = { ...defaultSpace, events: [{ kind: 'convergence', atMs, ...defaultConvergence, stayMs: 120_000 } as const] };
    const minutes = [0, 1, 2, 3, 4, 5, 6, 11, 12].map((minute) =>
      busiestShare({ ...crowd, space }, 60_000 * minute, 60_000 * minute + 20_000),
    );
    expect(Math.max(...minutes.slice(0, 1))).toBeLessThan(0.06);
    expect(minutes[2]).toBeGreaterThan(0.08);
    expect(minutes[3]).toBeGreaterThan(0.2);
    expect(minutes[4]).toBeGreaterThan(0.32);
    expect(minutes[4]).toBeLessThan(0.39);
    expect(minutes[5]).toBeGreaterThan(0.32);
    expect(minutes[8]).toBeLessThan(minutes[5] as number);
  });

  test('a patch day moves the hot cells, and nothing else does', () => {
    const hot = (from: Crowd, fromMs: number) => new Set(top(timeInCells(from, fromMs, fromMs + 120_000), 60));
    const shared = (one: ReadonlySet<string>, other: ReadonlySet<string>) => [...one].filter((cell) => other.has(cell)).length;
    const patched = { ...crowd, space: { ...defaultSpace, events: [{ kind: 'patch-day', atMs: 200_000 } as const] } };
    const before = hot(patched, 0);
    expect(before).toEqual(hot(crowd, 0));
    const later = 1_500_000;
    expect(shared(hot(crowd, 0), hot(crowd, later))).toBeGreaterThan(20);
    expect(shared(before, hot(patched, later))).toBeLessThan(20);
  });

  test('a rush makes the popular cells more popular for a while', () => {
    const space: Space = { ...defaultSpace, events: [{ kind: 'rush', atMs: 0, forMs: 600_000, exponentPerMille: 1000 }] };
    expect(shareOfTop(timeInCells({ ...crowd, space }, 0, 60_000), 150)).toBeGreaterThan(0.5);
  });
});

test('a space is checked for all its problems at once', () => {
  expect(checkSpace(defaultSpace)).toEqual([]);
  const wrong: Space = {
    cells: 0,
    exponentPerMille: 0.5,
    favouritesPerMille: 1001,
    events: [
      { kind: 'patch-day', atMs: -1 },
      { kind: 'convergence', atMs: 0, perMille: 1001, withinMs: 0, stayMs: 0 },
      { kind: 'rush', atMs: 0, forMs: -1, exponentPerMille: 5000 },
    ],
  };
  expect(checkSpace(wrong).map(({ place }) => place)).toEqual([
    'crowd.space.cells',
    'crowd.space.exponentPerMille',
    'crowd.space.favouritesPerMille',
    'crowd.space.events[0].atMs',
    'crowd.space.events[1].perMille',
    'crowd.space.events[1].withinMs',
    'crowd.space.events[2].forMs',
    'crowd.space.events[2].exponentPerMille',
  ]);
  expect(spaceRows.every(({ source }) => source.length > 10)).toBe(true);
  expect(defaultSpace.cells).toBeLessThanOrEqual(cellsPerWorld);
});

/** Seconds that players spend in each cell, seen at each of their pauses. */
function timeInCells(of: Crowd, fromMs: number, untilMs: number): Map<string, number> {
  const cells = new Map<string, number>();
  playMany(of, untilMs, (player, atMs) => {
    if (atMs < fromMs || player.ask.kind !== 'pause') return;
    cells.set(keyOf(player), (cells.get(keyOf(player)) ?? 0) + Math.min(player.ask.gapMs, atMs - fromMs));
  });
  return cells;
}

/** How many of all players are seen in the busiest cell between two times, each where it is seen last. */
function busiestShare(of: Crowd, fromMs: number, untilMs: number): number {
  const last = new Map<number, string>();
  playMany(of, untilMs, (player, atMs) => {
    if (atMs >= fromMs) last.set(player.journey, keyOf(player));
  });
  const cells = new Map<string, number>();
  for (const cell of last.values()) cells.set(cell, (cells.get(cell) ?? 0) + 1);
  return Math.max(...cells.values()) / last.size;
}

function top(cells: ReadonlyMap<string, number>, count: number): readonly string[] {
  return [...cells]
    .sort((one, other) => other[1] - one[1])
    .slice(0, count)
    .map(([cell]) => cell);
}

function shareOfTop(cells: ReadonlyMap<string, number>, count: number): number {
  const all = [...cells.values()].reduce((sum, time) => sum + time, 0);
  return top(cells, count).reduce((sum, cell) => sum + (cells.get(cell) as number), 0) / all;
}

function keyOf(player: Pick<Player, 'world' | 'x' | 'z'>): string {
  return `${player.world} ${cellAt(player)}`;
}
