import type { Answer, Ask } from './player.ts';

/** A player's ask before its first move. Every field is there from the start, so that the hot path sees one shape. */
export function blankAsk(): Ask {
  return {
    kind: 'pause',
    gapMs: 0,
    patienceMs: 0,
    attempt: 0,
    world: '',
    x: 0,
    y: 0,
    z: 0,
    size: 0,
    treasureId: '',
    rarityMin: '',
    limit: 0,
    chain: 'begun',
  };
}

/** A player's answer before anything was asked. */
export function blankAnswer(): Answer {
  return { outcome: 'abandoned', status: 0, treasureId: '', x: 0, y: 0, z: 0, count: 0 };
}
