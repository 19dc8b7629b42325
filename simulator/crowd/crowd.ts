import type { Problem } from '../../core/problem.ts';
import { below, between, draw, pickWeighted, type Random, random } from '../../core/random.ts';
import { blankAnswer, blankAsk } from '../players/blank.ts';
import type { Persona, Player } from '../players/player.ts';
import { personaNames, personas } from '../players/table.ts';
import { type ArrivalShape, constantArrivals, shareAt } from './arrival-shape.ts';
import type { CallOuts } from './call-outs.ts';
import { pickStart, pickWorld } from './hotspot.ts';
import { blockSize, noParties, type Parties, partyOf } from './party.ts';
import { endless, restOfSessionMs, type Sessions, sessionMs } from './sessions.ts';

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
};

/** One independent stream per question, so that a new question never changes the answers to the others. */
export const purposes = { self: 1, arrival: 2, start: 3, life: 4, succession: 5 };

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
  return problems;
}

/** Journey n before its first move. */
export function createPlayer(crowd: Crowd, journey: number): Player {
  const party = partyOf(crowd.seed, crowd.parties ?? noParties, journey);
  // A party starts in one place: where its first one does.
  const start = stream(crowd, party === null ? journey : party.id, 'start');
  const world = pickWorld(start);
  const place = pickStart(start, crowd.seed, world);
  const self = stream(crowd, journey, 'self');
  const persona = drawPersona(crowd, self);
  const session = below(self, 1_000_000_000);
  return {
    journey,
    playerId: `player-${journey}`,
    sessionId: `session-${journey}-${session}`,
    persona,
    sessionMs: drawStayMs(crowd, journey, self),
    party,
    random: stream(crowd, journey, 'life'),
    world,
    x: place.x,
    y: place.y,
    z: place.z,
    ask: blankAsk(),
    answer: blankAnswer(),
  };
}

/** How long journey n means to stay, as `createPlayer` has it. */
export function stayMs(crowd: Crowd, journey: number): number {
  const self = stream(crowd, journey, 'self');
  drawPersona(crowd, self);
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
  return drawPersona(crowd, stream(crowd, journey, 'self'));
}

function drawPersona({ mix }: Crowd, self: Random): Persona {
  return everybody[pickWeighted(self, weightsOf(mix))] as Persona;
}

const everybody: readonly Persona[] = personaNames.map((name) => personas[name] as Persona);

/** Made once for each mix, not once for each player. */
const knownWeights = new WeakMap<Crowd['mix'], readonly number[]>();

function weightsOf(mix: Crowd['mix']): readonly number[] {
  const known = knownWeights.get(mix);
  if (known !== undefined) return known;
  const weights = personaNames.map((name) => mix[name] ?? 0);
  knownWeights.set(mix, weights);
  return weights;
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
