import { describe, expect, test } from 'vitest';
import { castOf } from '../crowd/cast.ts';
import { usefulService } from '../crowd/useful-service.ts';
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
    expect(played(persona, script, 1000).flatMap(({ ask }) => wrongWith(ask, persona))).toEqual([]);
  });

  test('tries again at most as often as its style says, counting from 0', () => {
    const previous = new Map<number, number>();
    const offences: Seen[] = [];
    for (const seen of played(persona, troubled, 3000)) {
      const { ask, journey, leaves, triesMax } = seen;
      if (leaves || !sends(ask)) continue;
      const followsOn = ask.attempt === 0 || ask.attempt === (previous.get(journey) as number) + 1;
      if (!followsOn || !(ask.attempt <= triesMax)) offences.push(seen);
      previous.set(journey, ask.attempt);
    }
    expect(previous.size).toBeGreaterThan(0);
    expect(offences).toEqual([]);
  });

  test('ends every chain that it began before it begins another, before it starts the game again, and before it leaves', () => {
    const open = new Set<number>();
    const offences: Seen[] = [];
    for (const seen of played(persona, troubled, 3000)) {
      const { ask, journey, leaves } = seen;
      if ((leaves || ask.kind === 'relaunch') && open.has(journey)) offences.push(seen);
      if (leaves || ask.kind !== 'chain') continue;
      if (open.has(journey) !== (ask.chain !== 'begun')) offences.push(seen);
      if (ask.chain === 'begun') open.add(journey);
      else open.delete(journey);
    }
    expect(offences).toEqual([]);
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
    // When a successor comes, only the crowd knows.
    const first = played(persona, healthy, 2000).filter(({ journey }) => journey < 10);
    expect(first.length).toBeGreaterThan(0);
    // Answers take at most 10 ms in this script.
    const keepsTime = ({ ask, atMs, clockMs }: Seen): boolean =>
      Math.abs(clockMs - atMs - (ask.kind === 'chain' ? 0 : ask.gapMs)) < 10 * 2000;
    expect(first.filter((seen) => !keepsTime(seen))).toEqual([]);
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
  for (const { atMs, player, leaves } of decisions(
    { ...cast, player: (n, at) => ({ ...cast.player(n, at), fresh: true }) },
    usefulService,
  )) {
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

/** Which of the service's own limits, and of what the persona claims, it breaks. One `expect` for each would take most of the time. */
function wrongWith(ask: Ask, persona: Persona): readonly string[] {
  const rules = { 'waits for whole milliseconds': Number.isInteger(ask.gapMs) && ask.gapMs >= 0, ...rulesOf(ask, persona) };
  const broken = Object.entries(rules).filter(([, holds]) => !holds);
  return broken.map(([rule]) => `${rule}: ${JSON.stringify(ask)}`);
}

type Rules = { readonly [rule: string]: boolean };

function rulesOf(ask: Ask, persona: Persona): Rules {
  if (!sends(ask)) return { 'is no try': ask.attempt === 0 };
  return {
    'is in a world': worlds.includes(ask.world),
    'stands on whole blocks': [ask.x, ask.y, ask.z].every(Number.isInteger),
    'stays on the map': Math.min(ask.x, ask.z) >= edge.min && Math.max(ask.x, ask.z) <= edge.max,
    'stays between bedrock and sky': ask.y >= height.min && ask.y <= height.max,
    'waits as long as its persona': ask.patienceMs === persona.patienceMs,
    ...rulesOfKind(ask),
  };
}

function rulesOfKind({ kind, size, limit, treasureId }: Ask): Rules {
  if (kind === 'search') {
    // Nearer than 128 blocks there may rightly be nothing.
    return { 'searches a fair radius': size >= 128 && size <= 512, 'wants 1 to 20 chests': limit >= 1 && limit <= 20 };
  }
  if (kind === 'spawns') return { 'names a chest': treasureId !== '', 'looks near it': size >= 1 && size <= 256 };
  if (kind === 'biome') return { 'wants a map of 8 to 64': size >= 8 && size <= 64 };
  return {};
}
