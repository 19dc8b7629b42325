import { describe, expect, test } from 'vitest';
import { castOf } from '../crowd/cast.ts';
import { longestMs } from './hold.ts';
import { edge, height, worlds } from './place.ts';
import type { Ask, Persona } from './player.ts';
import { type Decision, decisions, type Script, writeDecision } from './replay.ts';
import { triesMaxOf } from './retry.ts';
import { healthy, troubled } from './script.ts';
import { personaNames, personas } from './table.ts';

/** The rules that every row of the table is held to. */
describe.each(Object.entries(personas))('%s', (name, persona) => {
  test('is listed under its own name and says who it is', () => {
    expect(persona.name).toBe(name);
    expect(persona.description).toMatch(/^[A-Z].{20,}\.$/);
  });

  test.each([
    ['healthy', healthy],
    ['troubled', troubled],
  ] as const)('never asks for what a %s service would have to refuse', (_name, script) => {
    for (const { ask } of played(persona, script, 1000)) expectValid(ask, persona);
  });

  test('tries again at most as often as its style says, counting from 0', () => {
    const previous = new Map<number, number>();
    for (const { ask, journey, leaves, triesMax } of played(persona, troubled, 3000)) {
      if (leaves || !sends(ask)) continue;
      expect(ask.attempt === 0 || ask.attempt === (previous.get(journey) as number) + 1).toBe(true);
      expect(ask.attempt).toBeLessThanOrEqual(triesMax);
      previous.set(journey, ask.attempt);
    }
  });

  test('ends every chain that it began before it begins another, before it starts the game again, and before it leaves', () => {
    const open = new Set<number>();
    for (const { ask, journey, leaves } of played(persona, troubled, 3000)) {
      if (leaves || ask.kind === 'relaunch') expect(open.has(journey)).toBe(false);
      if (leaves || ask.kind !== 'chain') continue;
      expect(open.has(journey)).toBe(ask.chain !== 'begun');
      if (ask.chain === 'begun') open.add(journey);
      else open.delete(journey);
    }
  });

  test('asks for something again and again, and pauses in between', () => {
    const kinds = new Set(played(persona, healthy, 3000).map(({ ask }) => ask.kind));
    // A load test of the usual kind never looks at the land.
    expect([...kinds]).toEqual(expect.arrayContaining([name === 'synthetic' ? 'search' : 'biome', 'pause']));
  });

  test('stays as long as everything is of use, unless it is only passing, and may quit when nothing is', () => {
    const refusing: Script = () => ({ kind: 'answered', afterMs: 1, status: 503, body: '' });
    expect(played(persona, healthy, 3000).some(({ leaves }) => leaves)).toBe(persona.passing !== undefined);
    // Those who park or script come back for ever, or nearly.
    const staysOn = ['squatter', 'bot', 'synthetic'].includes(name);
    if (!staysOn) expect(played(persona, refusing, 6000).some(({ leaves }) => leaves)).toBe(true);
  });

  test('begins its life at the beginning when it has just arrived', () => {
    const enter = persona.plan?.enter.hold;
    const met = new Set<number>();
    for (const { ask, journey } of played(persona, healthy, 100, { fresh: true })) {
      if (met.has(journey)) continue;
      met.add(journey);
      expect(ask.kind).toBe('pause');
      if (enter !== undefined) expect(ask.gapMs).toBeLessThanOrEqual(longestMs(enter));
    }
  });

  test('keeps its clock: what it planned to wait, and what it gave up waiting for', () => {
    for (const { ask, atMs, clockMs, journey } of played(persona, healthy, 2000)) {
      // Answers take at most 10 ms in this script. When a successor comes, only the crowd knows.
      if (journey < 10)
        expect(Math.abs(clockMs - atMs - (ask.kind === 'chain' ? 0 : ask.gapMs)), `journey ${journey}`).toBeLessThan(10 * 2000);
    }
  });

  test('leads the same life for the same seed, and another for another', () => {
    const life = (seed: number) => played(persona, troubled, 300, { players: 5, seed }).map(({ line }) => line);
    expect(life(3)).toEqual(life(3));
    expect(life(3)).not.toEqual(life(4));
  });
});

test('wanderers, bots and squatters play no chains, the others of the house do', () => {
  const without = personaNames.filter((name) => {
    const kinds = played(personas[name] as Persona, healthy, 2000).map(({ ask }) => ask.kind);
    return !kinds.includes('chain');
  });
  expect(without).toEqual(expect.arrayContaining(['wanderer', 'bot', 'squatter']));
  for (const name of ['explorer', 'farmer', 'party-member', 'tourist', 'hostile']) expect(without).not.toContain(name);
});

test('farmers start chains about four times as often as explorers', () => {
  const perMinute = (name: string) => {
    const minute = played(personas[name] as Persona, healthy, 9000, { players: 20 }).filter(({ atMs }) => atMs < 60_000);
    return minute.filter(({ ask }) => ask.kind === 'chain' && ask.chain === 'begun').length / 20;
  };
  expect(perMinute('explorer')).toBeGreaterThan(11);
  expect(perMinute('explorer')).toBeLessThan(16);
  expect(perMinute('farmer')).toBeGreaterThan(48);
  expect(perMinute('farmer')).toBeLessThan(68);
});

test('a farmer throws its game away again and again, and starts anew at once', () => {
  const farmed = played(personas.farmer as Persona, healthy, 9000, { players: 20 });
  const chains = farmed.filter(({ ask }) => ask.kind === 'chain' && ask.chain === 'begun').length;
  const games = farmed.filter(({ ask }) => ask.kind === 'relaunch');
  expect(chains / games.length).toBeGreaterThan(14);
  expect(chains / games.length).toBeLessThan(28);
  for (const { ask } of games) expect(ask.gapMs).toBeLessThanOrEqual(2500);
});

test('a bot searches once a second, whatever comes', () => {
  for (const script of [healthy, troubled]) {
    const gaps = played(personas.bot as Persona, script, 600, { players: 3 })
      .filter(({ ask }) => ask.kind === 'pause' || (sends(ask) && ask.attempt > 0))
      .map(({ ask }) => ask.gapMs);
    expect(gaps.filter((gapMs) => gapMs === 1000).length).toBeGreaterThan(gaps.length * 0.9);
  }
});

test('a squatter gives a sign of life about once a minute, and is back at once when it is thrown out', () => {
  const parked = played(personas.squatter as Persona, healthy, 2000).filter(({ ask }) => ask.kind === 'pause');
  expect(Math.max(...parked.map(({ ask }) => ask.gapMs))).toBeLessThanOrEqual(90_000);
  const thrownOut = played(personas.squatter as Persona, () => ({ kind: 'unreachable', afterMs: 1 }), 2000);
  const relaunches = thrownOut.filter(({ ask }) => ask.kind === 'relaunch');
  expect(relaunches.length).toBeGreaterThan(300);
  expect(thrownOut.filter(({ leaves }) => leaves)).toEqual([]);
  for (const { ask } of relaunches) expect(ask.gapMs).toBeLessThanOrEqual(200);
});

test('a tourist is gone after a minute or two, on average after as long as its persona says', () => {
  const { passing } = personas.tourist as Persona;
  const starts = new Map<number, number>();
  const stays: number[] = [];
  const cast = castOf({ seed: 17, players: 400, mix: { tourist: 1 }, joinMs: 1000 });
  for (const { atMs, player, leaves } of decisions({ ...cast, player: (n, at) => ({ ...cast.player(n, at), fresh: true }) }, healthy)) {
    const { journey } = player;
    if (journey >= 400) continue;
    if (!starts.has(journey)) starts.set(journey, atMs);
    if (leaves) stays.push(atMs - (starts.get(journey) as number));
    if (stays.length === 400) break;
  }
  expect(stays).toHaveLength(400);
  stays.sort((one, other) => one - other);
  expect(stays[200]).toBeGreaterThan(40_000);
  expect(stays[200]).toBeLessThan(120_000);
  const meanMs = stays.reduce((sum, stay) => sum + stay, 0) / stays.length;
  // Stays vary as much as they are long: 3 standard errors.
  expect(Math.abs(meanMs / (passing?.meanStayMs ?? 0) - 1)).toBeLessThan(3 / Math.sqrt(400));
});

type Seen = { atMs: number; ask: Ask; clockMs: number; journey: number; leaves: boolean; line: string; triesMax: number };

type Cast = { players?: number; seed?: number; fresh?: boolean };

function played(persona: Persona, script: Script, count: number, { players = 10, seed = 17, fresh = false }: Cast = {}): readonly Seen[] {
  const cast = castOf({ seed, players, mix: { [persona.name]: 1 }, joinMs: 1000 });
  const seen: Seen[] = [];
  for (const decision of decisions({ ...cast, player: (journey) => ({ ...cast.player(journey), fresh }) }, script)) {
    seen.push(copyOf(decision));
    if (seen.length === count) break;
  }
  return seen;
}

function copyOf(decision: Decision): Seen {
  const { atMs, player, leaves } = decision;
  const { clockMs, journey } = player;
  return { atMs, ask: { ...player.ask }, clockMs, journey, leaves, line: writeDecision(decision), triesMax: triesMaxOf(player) };
}

function sends(ask: Ask): boolean {
  return ask.kind !== 'pause' && ask.kind !== 'chain' && ask.kind !== 'relaunch';
}

/** The service's own limits, and the patience that the persona claims. */
function expectValid(ask: Ask, persona: Persona): void {
  expect(Number.isInteger(ask.gapMs) && ask.gapMs >= 0).toBe(true);
  if (!sends(ask)) {
    expect(ask.attempt).toBe(0);
    return;
  }
  expect(worlds).toContain(ask.world);
  expect([ask.x, ask.y, ask.z].every(Number.isInteger)).toBe(true);
  expect(Math.min(ask.x, ask.z)).toBeGreaterThanOrEqual(edge.min);
  expect(Math.max(ask.x, ask.z)).toBeLessThanOrEqual(edge.max);
  expect(ask.y >= height.min && ask.y <= height.max).toBe(true);
  expect(ask.patienceMs).toBe(persona.patienceMs);
  if (ask.kind === 'search') {
    // Nearer than 128 blocks there may rightly be nothing.
    expect(ask.size >= 128 && ask.size <= 512).toBe(true);
    expect(ask.limit >= 1 && ask.limit <= 20).toBe(true);
  }
  if (ask.kind === 'spawns') expect(ask.treasureId !== '' && ask.size >= 1 && ask.size <= 256).toBe(true);
  if (ask.kind === 'biome') expect(ask.size >= 8 && ask.size <= 64).toBe(true);
}
