import { expect, test } from 'vitest';
import { decisions, type Script } from '../players/replay.ts';
import { healthy } from '../players/script.ts';
import { castOf } from './cast.ts';
import type { Crowd } from './crowd.ts';
import { usefulService } from './useful-service.ts';

const crowd: Crowd = { seed: 17, players: 60, mix: { explorer: 6, farmer: 2, wanderer: 2 }, joinMs: 2000 };

test('whoever quits is gone: where nobody leaves by the clock, a service that refuses everything empties the stage', () => {
  const refusing: Script = () => ({ kind: 'answered', afterMs: 1, status: 503, body: '' });
  const gone: number[] = [];
  for (const { player, leaves } of decisions(castOf(crowd), refusing)) if (leaves) gone.push(player.journey);
  expect(gone.sort((one, other) => one - other)).toEqual(Array.from({ length: 60 }, (_, journey) => journey));
});

test('nobody stays longer than its session, and nobody who is content leaves before its next pause would end after it', () => {
  const staying: Crowd = { ...crowd, sessions: { law: 'weibull', shape: '0.5', meanMs: 60_000 } };
  const arrivedMs = new Map<number, number>();
  let left = 0;
  for (const { atMs, player, leaves } of decisions(castOf(staying), healthy)) {
    if (atMs > 300_000) break;
    const { journey, sessionMs, ask } = player;
    if (!arrivedMs.has(journey)) arrivedMs.set(journey, atMs);
    const stayedMs = atMs - (arrivedMs.get(journey) as number);
    if (leaves) {
      left += 1;
      expect(stayedMs + ask.gapMs).toBeGreaterThan(sessionMs);
    } else if (ask.kind === 'pause') expect(stayedMs + ask.gapMs).toBeLessThanOrEqual(sessionMs);
  }
  expect(left).toBeGreaterThan(100);
});

test('the service that stands in for one is as good as the healthy script: as many chains, and all of them useful', () => {
  const chains = (script: Script) => {
    const ends = { begun: 0, useful: 0, lost: 0 };
    for (const { atMs, player } of decisions(castOf(crowd), script)) {
      if (atMs > 60_000) return ends;
      if (player.ask.kind === 'chain') ends[player.ask.chain] += 1;
    }
    return ends;
  };
  const [scripted, drawn] = [chains(healthy), chains(usefulService)];
  expect(drawn.lost).toBe(0);
  expect(Math.abs(drawn.useful / scripted.useful - 1)).toBeLessThan(0.02);
});
