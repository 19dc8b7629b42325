import { describe, expect, test } from 'vitest';
import { castOf } from '../crowd/cast.ts';
import { edge, height, worlds } from './place.ts';
import type { Ask, Persona } from './player.ts';
import { type Decision, decisions, type Script, writeDecision } from './replay.ts';
import { healthy, troubled } from './script.ts';
import { personas } from './table.ts';

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

  test('tries again at most as often as it says, counting from 0', () => {
    let previous = 0;
    for (const { ask } of played({ ...persona, retries: { ...persona.retries, quitPerMille: 0 } }, troubled, 3000, 1)) {
      if (ask.kind === 'pause' || ask.kind === 'chain') continue;
      expect(ask.attempt === 0 || ask.attempt === previous + 1).toBe(true);
      previous = ask.attempt;
    }
  });

  test('ends every chain that it began before it begins another, and before it leaves', () => {
    const open = new Set<number>();
    for (const { ask, journey, leaves } of played(persona, troubled, 3000)) {
      if (leaves) expect(open.has(journey)).toBe(false);
      if (leaves || ask.kind !== 'chain') continue;
      expect(open.has(journey)).toBe(ask.chain !== 'begun');
      if (ask.chain === 'begun') open.add(journey);
      else open.delete(journey);
    }
  });

  test('asks for something again and again, and pauses in between', () => {
    const kinds = new Set(played(persona, healthy, 3000).map(({ ask }) => ask.kind));
    expect([...kinds].sort()).toEqual(expect.arrayContaining(['biome', 'pause', 'search']));
  });

  test('stays as long as everything is of use, and may quit when nothing is', () => {
    const refusing: Script = () => ({ kind: 'answered', afterMs: 1, status: 503, body: '' });
    expect(played(persona, healthy, 3000).filter(({ leaves }) => leaves)).toEqual([]);
    expect(played(persona, refusing, 6000).some(({ leaves }) => leaves)).toBe(true);
  });

  test('leads the same life for the same seed, and another for another', () => {
    const life = (seed: number) => played(persona, troubled, 300, 5, seed).map(({ line }) => line);
    expect(life(3)).toEqual(life(3));
    expect(life(3)).not.toEqual(life(4));
  });
});

test('explorers and farmers play chains, wanderers do not', () => {
  const chains = (name: string) => played(personas[name] as Persona, healthy, 2000).filter(({ ask }) => ask.kind === 'chain').length;
  expect(chains('explorer')).toBeGreaterThan(500);
  expect(chains('farmer')).toBeGreaterThan(500);
  expect(chains('wanderer')).toBe(0);
});

test('farmers start chains about four times as often as explorers', () => {
  const perMinute = (name: string) => {
    const minute = played(personas[name] as Persona, healthy, 9000, 20).filter(({ atMs }) => atMs < 60_000);
    return minute.filter(({ ask }) => ask.kind === 'chain' && ask.chain === 'begun').length / 20;
  };
  expect(perMinute('explorer')).toBeGreaterThan(11);
  expect(perMinute('explorer')).toBeLessThan(16);
  expect(perMinute('farmer')).toBeGreaterThan(48);
  expect(perMinute('farmer')).toBeLessThan(68);
});

type Seen = { atMs: number; ask: Ask; journey: number; leaves: boolean; line: string };

function played(persona: Persona, script: Script, count: number, players = 10, seed = 17): readonly Seen[] {
  const cast = castOf({ seed, players, mix: { explorer: 1 }, joinMs: 1000 });
  const seen: Seen[] = [];
  for (const decision of decisions({ ...cast, player: (journey) => ({ ...cast.player(journey), persona }) }, script)) {
    seen.push(copyOf(decision));
    if (seen.length === count) break;
  }
  return seen;
}

function copyOf(decision: Decision): Seen {
  const { atMs, player, leaves } = decision;
  return { atMs, ask: { ...player.ask }, journey: player.journey, leaves, line: writeDecision(decision) };
}

/** The service's own limits, and the patience that the persona claims. */
function expectValid(ask: Ask, persona: Persona): void {
  expect(Number.isInteger(ask.gapMs) && ask.gapMs >= 0).toBe(true);
  expect(ask.attempt).toBeLessThanOrEqual(persona.retries.retriesMax);
  if (ask.kind === 'pause' || ask.kind === 'chain') {
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
    expect([128, 192, 256, 384]).toContain(ask.size);
    expect(ask.limit >= 1 && ask.limit <= 20).toBe(true);
  }
  if (ask.kind === 'spawns') expect(ask.treasureId !== '' && ask.size >= 1 && ask.size <= 256).toBe(true);
  if (ask.kind === 'biome') expect(ask.size >= 8 && ask.size <= 64).toBe(true);
}
