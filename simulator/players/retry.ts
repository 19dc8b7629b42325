import { below, chance } from '../../core/random.ts';
import type { Ask, Player, RetryPolicy } from './player.ts';

/**
 * Makes the move that lies in `player.ask`, and makes it again as far as the persona's retry policy goes. True once an
 * answer was of use. Each try is a move of its own, with the next `attempt` and a wait drawn with full jitter
 * (Marc Brooker, "Exponential Backoff And Jitter", AWS 2015): players that failed together do not come back together.
 */
export function* persist(player: Player, gapMs: number): Generator<Ask, boolean, void> {
  const { ask, answer, persona, random } = player;
  ask.patienceMs = persona.patienceMs;
  ask.gapMs = gapMs;
  ask.attempt = 0;
  for (;;) {
    yield ask;
    if (answer.outcome === 'ok') return true;
    if (!isWorthRetrying(player) || ask.attempt >= persona.retries.retriesMax) return false;
    ask.gapMs = below(random, retryWaitMaxMs(persona.retries, ask.attempt) + 1);
    ask.attempt += 1;
  }
}

/** Whether the player has had enough and leaves, asked after nothing of use came. */
export function quits(player: Player): boolean {
  return chance(player.random, player.persona.retries.quitPerMille, 1000);
}

/** The longest wait before retry `n` (0-based), whole milliseconds. */
export function retryWaitMaxMs(retries: RetryPolicy, n: number): number {
  let waitMs = retries.baseMs;
  for (let doubled = 0; doubled < n && waitMs < retries.capMs; doubled++) waitMs *= 2;
  return waitMs < retries.capMs ? waitMs : retries.capMs;
}

/** A move that never was (our own fault, or the player gone) is not made up for: retrying it would add to what we could not carry. */
function isWorthRetrying(player: Player): boolean {
  const { outcome } = player.answer;
  return outcome !== 'dropped' && outcome !== 'abandoned';
}
