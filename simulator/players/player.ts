import type { Operation, Outcome } from '../../core/outcome.ts';
import type { Random } from '../../core/random.ts';
import type { LifePlan } from './life-plan.ts';
import type { Place } from './place.ts';
import type { BodyTemplate } from './request.ts';
import type { RetryMix, RetryStyle } from './retry-style.ts';

/**
 * What a player does next. One object per player, reused for its whole life: a behaviour fills it and yields it.
 * `gapMs` counts from the end of the previous move; its end is the *intended start* of this one. A pause sends nothing
 * and ends when it was meant to end, however late the engine wakes: otherwise our own lateness would hide in think time.
 * A relaunch sends nothing either: the game client closes its connection at once and is back after `gapMs`, as a new session.
 */
export type Ask = {
  kind: Operation | 'pause' | 'chain' | 'relaunch';
  /** Think time or in-chain gap before this move, whole milliseconds. Ignored for `chain`. */
  gapMs: number;
  /** How long this player waits for the answer before it is given up as `unknown`. */
  patienceMs: number;
  /** 0 for the first try, then 1, 2, …: each retry is an action of its own. */
  attempt: number;
  world: string;
  x: number;
  y: number;
  z: number;
  /** Search and spawns: radius in blocks. Biome map: the edge length of the map. */
  size: number;
  /** Spawns only: the treasure they must belong to. */
  treasureId: string;
  /** Search only: nothing less rare than this is of interest; '' for anything. */
  rarityMin: RarityMin;
  /** Search only: how many treasures the player's screen shows, 1..20. */
  limit: number;
  /** Only with kind `chain`: a chain (treasure -> spawns -> biome map) begins, or ended useful or lost. */
  chain: 'begun' | 'useful' | 'lost';
};

/** Players ask for nothing rarer: then a healthy world always has an answer, and an empty chest means that something broke. */
export type RarityMin = '' | 'common' | 'uncommon' | 'rare';

/** How the previous move ended. One object per player, reused; filled by the judge. */
export type Answer = {
  outcome: Outcome;
  /** HTTP status of a complete answer, 0 where there was none. */
  status: number;
  /** Search, when `ok`: the nearest treasure. */
  treasureId: string;
  x: number;
  y: number;
  z: number;
  /** How many treasures, spawns or tiles came. */
  count: number;
};

/** Who plays, and everything its behaviour may decide from: pure data, and a random stream of its own. */
export type Player = {
  /** Number of the journey: with the seed it determines everything about this player. */
  journey: number;
  playerId: string;
  sessionId: string;
  persona: Persona;
  /** How long the player means to stay, whole ms from its arrival: it leaves before a pause or relaunch that would end later. */
  sessionMs: number;
  /** Just arrived, and at the beginning of its life. Who is on stage from the start is met in the middle of it, as renewal theory says. */
  fresh: boolean;
  /**
   * The time as the player plans it, ms since play began: its arrival, all gaps since, and waits that were given up. Moves keep it.
   * Our own lateness and the service's speed are not in it, so that the same answers always make the same life.
   */
  clockMs: number;
  /** Whom the player came with, null for somebody alone: `id` is the journey of the party's first one, `rank` counts from 0. */
  party: { id: number; size: number; rank: number } | null;
  random: Random;
  /** Whom it moves with: the same number for all who go the same ways, 0 for who plays alone. */
  group: number;
  land: Land;
  retryStyle: RetryStyle;
  /** How often in a row it started the game again without anything of use. */
  setbacks: number;
  world: string;
  x: number;
  y: number;
  z: number;
  ask: Ask;
  answer: Answer;
};

/** A place in one of the worlds. */
export type Spot = Place & { world: string };

/** Where players go: the crowd knows the land (simulator/crowd/space.ts), a player asks for directions. */
export interface Land {
  /** Where the player goes of its own accord: one of its favourites, or somewhere that others like too. */
  goal(player: Player): Spot;
  /** Where its party or an event wants it to be by now; null where it is there already, or nobody calls. */
  call(player: Player): Spot | null;
}

/**
 * A player's life as a generator: yields the player's own `ask`, is resumed when the move has ended and
 * `player.answer` is filled, and returns when the player leaves of its own accord. It never touches time, network
 * or `Math.random`, so that the same function plays in Node and inside k6.
 */
export type Life = Generator<Ask, void, void>;

/** A persona is one file: how it lives, how long it waits, how it retries. */
export type Persona = {
  name: string;
  /** One sentence for people: who this is. */
  description: string;
  behave: (player: Player) => Life;
  /** How long it waits for an answer. */
  patienceMs: number;
  retries: RetryPolicy;
  /** Where its life is data: what `behave` lives by (semi-markov.ts). */
  plan?: LifePlan;
  /** How its players retry; default: `defaultRetryMix`. */
  retryMix?: RetryMix;
  /** Bodies of its own for searches; default: the pool of the crowd. */
  templates?: readonly BodyTemplate[];
  /** It moves with others. */
  inParties?: true;
  /** It leaves after a while of its own accord, however well all goes: so long after its arrival, on average. */
  passing?: { meanStayMs: number };
};

/** What a player with the retry style `backoff` does when an answer was no use: how often it tries again, and how long it waits before. */
export type RetryPolicy = {
  /** Tries after the first one. */
  retriesMax: number;
  /** Wait before retry n (0-based) is drawn evenly from [0, min(capMs, baseMs * 2^n)]: full jitter. */
  baseMs: number;
  capMs: number;
  /** Out of 1000: how likely the player quits the game after something came to nothing for good. */
  quitPerMille: number;
};
