import type { Problem } from '../../core/problem.ts';
import { below, draw, type Random, random } from '../../core/random.ts';
import { blankAnswer, blankAsk } from '../players/blank.ts';
import type { Persona, Player } from '../players/player.ts';
import { checkRetryMix, defaultRetryMix, pickRetryStyle, type RetryMix } from '../players/retry-style.ts';
import { personaNames } from '../players/table.ts';
import { type ArrivalShape, constantArrivals, shareAt } from './arrival-shape.ts';
import type { CallOuts } from './call-outs.ts';
import { castingOf, drawPersona } from './casting.ts';
import { chairOf } from './chairs.ts';
import { blockSize, noParties, type Parties, type Party, partyOf } from './parties.ts';
import { endless, restOfSessionMs, type Sessions, sessionMs } from './sessions.ts';
import { checkSpace, defaultSpace, type Space } from './space.ts';
import { SpaceLand } from './space-land.ts';

/**
 * Who plays, as data. Everything about journey n follows from this and n alone, so that shards, processes and foreign engines need no
 * coordination. The first journeys are there from the start; whoever comes later takes the next number.
 */
export type Crowd = {
  seed: number;
  /** Players at the same time. */
  players: number;
  /** Weight of each persona by name, whole numbers; a persona that is not named does not play. */
  mix: { readonly [persona: string]: number };
  /** How long those who are there from the start take to arrive, ms. */
  joinMs: number;
  /** How long players mean to stay; without it nobody leaves by the clock. */
  sessions?: Sessions;
  /** How many are there when; without it as many arrive as leave. */
  shape?: ArrivalShape;
  /** Players who come together; without it everybody comes alone. */
  parties?: Parties;
  /** What brings many at once; without it nothing does. */
  callOuts?: CallOuts | null;
  /** How it spreads over the land; default: `defaultSpace`. */
  space?: Space;
  /** How its players retry, where their persona does not say; default: `defaultRetryMix`. */
  retries?: RetryMix;
};

/** One independent stream per question, so that a new question never changes the answers to the others. */
export const purposes = { self: 1, arrival: 2, start: 3, life: 4 };

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

/** Journey n before its first move. It arrives at `atMs`; where nobody says, when the first ones do. */
export function createPlayer(crowd: Crowd, journey: number, atMs = 0): Player {
  const party = partyOf(crowd.seed, crowd.parties ?? noParties, journey);
  const land = landOf(crowd);
  const self = stream(crowd, journey, 'self');
  const persona = personaIn(crowd, journey, self);
  const session = below(self, 1_000_000_000);
  const isFirst = journey < initialPlayers(crowd);
  // A party starts in one place: where its first one does.
  const spot = land.start(stream(crowd, party === null ? journey : party.id, 'start'), atMs);
  const player: Player = {
    journey,
    playerId: `player-${journey}`,
    sessionId: `session-${journey}-${session}`,
    persona,
    sessionMs: drawStayMs(crowd, journey, self),
    fresh: !isFirst,
    clockMs: Math.floor(atMs),
    party,
    group: groupOf(crowd, persona, { party, self }),
    random: stream(crowd, journey, 'life'),
    land,
    retryStyle: pickRetryStyle(self, persona.retryMix ?? crowd.retries ?? defaultRetryMix),
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

/** Whom it moves with: those it came with, or those of its persona who have an empty chair. Odd and even numbers never meet. */
function groupOf(crowd: Crowd, persona: Persona, { party, self }: { party: Party | null; self: Random }): number {
  if (party !== null) return 2 * party.id + 1;
  return persona.inParties ? 2 * chairOf(crowd, self) : 0;
}

/** Who plays in a group is where the group is from the start, and not on its way there. */
function gather(player: Player): void {
  const call = player.group === 0 ? null : player.land.call(player);
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

/** How long journey n means to stay, as `createPlayer` has it. */
export function stayMs(crowd: Crowd, journey: number): number {
  const self = stream(crowd, journey, 'self');
  // Persona and session id come first, a draw each.
  draw(self);
  draw(self);
  return drawStayMs(crowd, journey, self);
}

/** Whoever is there from the start has been playing for a while, and stays for the rest of it. */
function drawStayMs(crowd: Crowd, journey: number, self: Random): number {
  const { sessions = endless } = crowd;
  return journey < initialPlayers(crowd) ? restOfSessionMs(sessions, self) : sessionMs(sessions, self);
}

/** How many are there from the start: journeys 0 to this one, excluded. */
export function initialPlayers({ players, shape = constantArrivals }: Crowd): number {
  return Math.floor(players * shareAt(shape, 0) + 0.5);
}

/** The journey of the first one who comes later: parties do not reach from the one into the other. */
export function firstOpenJourney(crowd: Crowd): number {
  const initial = initialPlayers(crowd);
  return (crowd.parties?.share ?? 0) === 0 ? initial : Math.ceil(initial / blockSize) * blockSize;
}

/** Which persona journey n is: drawn by the weights of the mix, in the table's order, however the mix was written down. */
export function personaOf(crowd: Crowd, journey: number): Persona {
  return personaIn(crowd, journey, stream(crowd, journey, 'self'));
}

function personaIn(crowd: Crowd, journey: number, self: Random): Persona {
  const { first, comers } = castingOf(crowd.mix, crowd.sessions ?? endless);
  return drawPersona(journey < initialPlayers(crowd) ? first : comers, self);
}

function stream(crowd: Crowd, journey: number, purpose: keyof typeof purposes): Random {
  return random(crowd.seed, journey, purposes[purpose]);
}

function isCount(value: number, max: number): boolean {
  return Number.isInteger(value) && value >= 0 && value <= max;
}
