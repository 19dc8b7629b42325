import { wholeCrowd } from '../../core/arrivals.ts';
import { crowdOf } from '../../rehearsal/crowd-of.ts';
import { joinMsOf } from '../../rehearsal/prepare-load.ts';
import { scenarioSchema } from '../../rehearsal/scenario.ts';
import { arrivalsOf } from '../../simulator/crowd/arrivals.ts';
import { createPlayer } from '../../simulator/crowd/crowd.ts';
import type { Player } from '../../simulator/players/player.ts';

/**
 * When the first player of a `load` means to ask for something, milliseconds since play began. Players arrive one after the other and are
 * met in the middle of what they do: however fast the start, nobody asks before that.
 */
export function firstActMs(players: number, forMs: number, seed: number): number {
  const { crowd: checked } = scenarioSchema.parse({ title: 'the crowd of a load', crowd: { players }, expect: [] });
  const crowd = { ...crowdOf(checked, seed), joinMs: joinMsOf(forMs) };
  const arrivals = arrivalsOf(crowd, wholeCrowd);
  let firstMs = Number.POSITIVE_INFINITY;
  for (; arrivals.atMs < firstMs; arrivals.next()) {
    const player = createPlayer(crowd, arrivals.journey, arrivals.atMs);
    firstMs = Math.min(firstMs, arrivals.atMs + untilItAsksMs(player));
  }
  return firstMs;
}

/** Infinite where it leaves before. */
function untilItAsksMs(player: Player): number {
  const { ask } = player;
  let passedMs = 0;
  for (const life = player.persona.behave(player); life.next().done === false; ) {
    if (ask.kind === 'chain') continue;
    passedMs += ask.gapMs;
    if (ask.kind !== 'pause' && ask.kind !== 'relaunch') return passedMs;
  }
  return Number.POSITIVE_INFINITY;
}
