import type { Problem } from '../../core/problem.ts';
import { below, between, pickWeighted, type Random, random } from '../../core/random.ts';
import { blankAnswer, blankAsk } from '../players/blank.ts';
import type { Persona, Player } from '../players/player.ts';
import { checkRetryMix, defaultRetryMix, pickRetryStyle, type RetryMix } from '../players/retry-style.ts';
import { personaNames, personas } from '../players/table.ts';
import { partyOf } from './party.ts';
import { checkSpace, defaultSpace, type Space } from './space.ts';
import { SpaceLand } from './space-land.ts';

/**
 * Who plays, as data. Everything about journey n follows from (seed, n) alone, so that shards, processes and foreign
 * engines need no coordination. Journeys 0..players-1 arrive within `joinMs`; when journey n ends, n + players takes its place.
 */
export type Crowd = {
  seed: number;
  /** Players at the same time. */
  players: number;
  /** Weight of each persona by name, whole numbers; a persona that is not named does not play. */
  mix: { readonly [persona: string]: number };
  /** How long the first players take to arrive, ms. */
  joinMs: number;
  /** How it spreads over the land; default: `defaultSpace`. */
  space?: Space;
  /** How its players retry, where their persona does not say; default: `defaultRetryMix`. */
  retries?: RetryMix;
};

/** One independent stream per question, so that a new question never changes the answers to the others. */
const purposes = { persona: 1, arrival: 2, start: 3, life: 4, succession: 5, session: 6, retries: 40, party: 41 };

/** How long after a player quit the next one arrives, ms, drawn evenly. Assumed. */
const successorMsMin = 500;
const successorMsMax = 2500;

/** Everything that keeps this crowd from playing, all at once. */
export function checkCrowd(crowd: Crowd): readonly Problem[] {
  const problems: Problem[] = [];
  const known = personaNames.join(', ');
  for (const [name, weight] of Object.entries(crowd.mix)) {
    const place = `crowd.mix.${name}`;
    if (!personaNames.includes(name)) problems.push({ place, problem: 'nobody plays like that', remedy: `one of ${known}` });
    if (!isCount(weight, 1000)) problems.push({ place, problem: `${weight} is no weight`, remedy: 'a whole number, 0 to 1000' });
  }
  if (!Object.values(crowd.mix).some((weight) => weight > 0)) {
    problems.push({ place: 'crowd.mix', problem: 'nobody plays', remedy: `give one of ${known} a weight above 0` });
  }
  if (crowd.retries !== undefined) problems.push(...checkRetryMix(crowd.retries));
  if (crowd.space !== undefined) problems.push(...checkSpace(crowd.space));
  return problems;
}

/** Journey n before its first move. */
export function createPlayer(crowd: Crowd, journey: number): Player {
  const persona = personaOf(crowd, journey);
  const land = landOf(crowd);
  const clockMs = journey < crowd.players ? arrivalMs(crowd, journey) : 0;
  const spot = land.start(stream(crowd, journey, 'start'), clockMs);
  const player: Player = {
    journey,
    playerId: `player-${journey}`,
    sessionId: `session-${journey}-${below(stream(crowd, journey, 'session'), 1_000_000_000)}`,
    persona,
    sessionMs: Number.MAX_SAFE_INTEGER,
    fresh: false,
    clockMs,
    random: stream(crowd, journey, 'life'),
    party: persona.inParties ? partyOf(crowd, stream(crowd, journey, 'party')) : 0,
    land,
    retryStyle: pickRetryStyle(stream(crowd, journey, 'retries'), persona.retryMix ?? crowd.retries ?? defaultRetryMix),
    setbacks: 0,
    world: spot.world,
    x: spot.x,
    y: spot.y,
    z: spot.z,
    ask: blankAsk(),
    answer: blankAnswer(),
  };
  gather(player);
  return player;
}

/** Who plays in a party is where the party is from the start, and not on its way there. */
function gather(player: Player): void {
  const call = player.party === 0 ? null : player.land.call(player);
  if (call === null) return;
  player.world = call.world;
  player.x = call.x;
  player.y = call.y;
  player.z = call.z;
}

/** The land of the crowd that was asked for last: all its players share it, and nothing follows from it but from seed and space. */
let known: { seed: number; space: Space; land: SpaceLand } | null = null;

function landOf({ seed, space = defaultSpace }: Crowd): SpaceLand {
  if (known === null || known.seed !== seed || known.space !== space) known = { seed, space, land: new SpaceLand(seed, space) };
  return known.land;
}

/** Which persona journey n is: drawn by the weights of the mix, in the table's order, however the mix was written down. */
export function personaOf(crowd: Crowd, journey: number): Persona {
  const weights = personaNames.map((name) => crowd.mix[name] ?? 0);
  const name = personaNames[pickWeighted(stream(crowd, journey, 'persona'), weights)] as string;
  return personas[name] as Persona;
}

/**
 * When journey n of the first generation (0..players-1) arrives, ms since play began: open arrivals, evenly drawn, never waiting
 * for the service.
 */
export function arrivalMs(crowd: Crowd, journey: number): number {
  return crowd.joinMs < 1 ? 0 : below(stream(crowd, journey, 'arrival'), Math.floor(crowd.joinMs));
}

/** The journey that takes the place of one that ended, so that concurrency holds. */
export function successorOf(crowd: Crowd, journey: number): number {
  return journey + crowd.players;
}

/** How long after journey n ended its successor arrives, ms. */
export function successorDelayMs(crowd: Crowd, journey: number): number {
  return between(stream(crowd, journey, 'succession'), successorMsMin, successorMsMax);
}

function stream(crowd: Crowd, journey: number, purpose: keyof typeof purposes): Random {
  return random(crowd.seed, journey, purposes[purpose]);
}

function isCount(value: number, max: number): boolean {
  return Number.isInteger(value) && value >= 0 && value <= max;
}
