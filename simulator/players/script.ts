import type { Ask } from './player.ts';
import type { ScriptedReply } from './replay.ts';

/** A service that always has loot: what a healthy day looks like. */
export function healthy(ask: Ask, step: number): ScriptedReply {
  return { kind: 'answered', afterMs: 4 + (step % 7), status: 200, body: goodBody(ask, step) };
}

/**
 * A service that fails in every way there is, in bursts long enough to use up retries: healthy for a while, then
 * empty chests, time-outs, refusals, lost connections, answers to another question, cut-off JSON.
 */
export function troubled(ask: Ask, step: number): ScriptedReply {
  const phase = step % 60;
  if (phase < 22) return healthy(ask, step);
  if (phase < 30) return { kind: 'answered', afterMs: 3, status: 200, body: emptyBody(ask) };
  if (phase < 36) return { kind: 'stalled' };
  if (phase < 43) return { kind: 'answered', afterMs: 2, status: phase % 2 === 0 ? 503 : 429, body: '{"error":"overloaded"}' };
  if (phase < 52) return { kind: 'unreachable', afterMs: 1 };
  if (phase < 54)
    return { kind: 'answered', afterMs: 5, status: 200, body: goodBody({ ...ask, treasureId: 't-other', x: ask.x + 1 }, step) };
  if (phase < 56) return { kind: 'answered', afterMs: 6, status: 200, body: goodBody(ask, step).slice(0, -2) };
  return healthy(ask, step);
}

/** A useful answer to that ask. */
export function goodBody(ask: Ask, step: number): string {
  switch (ask.kind) {
    case 'search':
      return JSON.stringify({ treasures: [treasure(ask, step, 0), treasure(ask, step, 1)] });
    case 'spawns':
      return JSON.stringify({
        treasureId: ask.treasureId,
        spawns: [{ id: `s-${step}`, kind: 'wolf', position: { x: ask.x + 5, y: ask.y, z: ask.z - 5 } }],
      });
    default:
      return JSON.stringify({ world: ask.world, x: ask.x, z: ask.z, size: ask.size, tiles: tiles(ask.size * ask.size) });
  }
}

/** A well-formed answer that is of no use. */
export function emptyBody(ask: Ask): string {
  switch (ask.kind) {
    case 'search':
      return JSON.stringify({ treasures: ask.x % 2 === 0 ? [] : [{ ...treasure(ask, 0, 0), loot: [] }] });
    case 'spawns':
      return JSON.stringify({ treasureId: ask.treasureId, spawns: [] });
    default:
      return JSON.stringify({ world: ask.world, x: ask.x, z: ask.z, size: ask.size, tiles: [] });
  }
}

function treasure(ask: Ask, step: number, rank: number) {
  const away = 11 + (step % 17) + 20 * rank;
  return {
    id: `t-${ask.world}-${step}-${rank}`,
    position: { x: ask.x + away, y: ask.y, z: ask.z },
    rarity: 'common',
    distance: away,
    loot: ['rope', 'silver coin'],
  };
}

function tiles(count: number): readonly string[] {
  const row: string[] = [];
  for (let index = 0; index < count; index++) row.push(index % 3 === 0 ? 'meadow' : 'forest');
  return row;
}
