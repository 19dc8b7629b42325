import { below, between, chance } from '../../core/random.ts';
import { relaunch } from './move.ts';
import type { Ask, Player, RetryPolicy } from './player.ts';
import { synchronisedJitterMs, synchronisedWaitsMs } from './retry-style.ts';

/**
 * Makes the move that came to nothing again, as far as the player's style goes. True once an answer was of use. Each try is a move of
 * its own, with the next `attempt`. Called after a first try that failed: what goes well must not pay for what does not.
 */
export function* tryAgain(player: Player): Generator<Ask, boolean, void> {
  const { ask, answer } = player;
  for (;;) {
    if (answer.outcome === 'unknown') player.clockMs += ask.patienceMs;
    if (!isWorthRetrying(player) || ask.attempt >= triesMaxOf(player)) return false;
    ask.gapMs = retryWaitMs(player, ask.attempt);
    player.clockMs += ask.gapMs;
    ask.attempt += 1;
    yield ask;
    if (answer.outcome === 'ok') return true;
  }
}

/**
 * Asked after something came to nothing for good. True where the player has had enough and leaves; the impatient start the
 * game again instead, some times.
 */
export function* givesUp(player: Player): Generator<Ask, boolean, void> {
  const { retryStyle, random, persona } = player;
  if (!isWorthRetrying(player)) return false;
  if (retryStyle.afterwards === 'leave') return true;
  if (retryStyle.afterwards === 'perhaps leave') return chance(random, persona.retries.quitPerMille, 1000);
  player.setbacks += 1;
  if (player.setbacks > retryStyle.relaunchesMax) return true;
  yield relaunch(player, between(random, retryStyle.awayMsMin, retryStyle.awayMsMax));
  return false;
}

/** How often this player tries again, after the first try. */
export function triesMaxOf({ retryStyle, persona }: Player): number {
  return retryStyle.triesMax ?? persona.retries.retriesMax;
}

/** The wait before try `n` after the first one (0-based), whole milliseconds. */
export function retryWaitMs({ retryStyle, persona, random }: Player, n: number): number {
  switch (retryStyle.waits) {
    case 'backoff':
      // Marc Brooker, "Exponential Backoff And Jitter", AWS 2015: players that failed together do not come back together.
      return below(random, retryWaitMaxMs(persona.retries, n) + 1);
    case 'synchronised':
      return synchronisedWaitMs(n) + (n < 2 ? 0 : below(random, synchronisedJitterMs + 1));
    case 'even':
      return between(random, retryStyle.waitMsMin, retryStyle.waitMsMax);
  }
}

/** The longest wait of the back-off before retry `n` (0-based), whole milliseconds. */
export function retryWaitMaxMs(retries: RetryPolicy, n: number): number {
  let waitMs = retries.baseMs;
  for (let doubled = 0; doubled < n && waitMs < retries.capMs; doubled++) waitMs *= 2;
  return waitMs < retries.capMs ? waitMs : retries.capMs;
}

function synchronisedWaitMs(n: number): number {
  return synchronisedWaitsMs[Math.min(n, synchronisedWaitsMs.length - 1)] as number;
}

/** A move that never was (our own fault, or the player gone) is not made up for: retrying it would add to what we could not carry. */
function isWorthRetrying(player: Player): boolean {
  const { outcome } = player.answer;
  return outcome !== 'dropped' && outcome !== 'abandoned';
}
