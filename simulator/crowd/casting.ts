import { pickWeighted, type Random } from '../../core/random.ts';
import type { Persona } from '../players/player.ts';
import { personaNames, personas } from '../players/table.ts';
import { type Sessions, sessionLaw } from './sessions.ts';

/** Who plays, and how fast players are replaced by others. */
export type Casting = {
  /** Weights of those who are there from the start, in the table's order: the mix as it is seen at any time. */
  first: readonly number[];
  /** Weights of those who come later: whoever stays a minute has to come more often than who stays an hour to be seen as much. */
  comers: readonly number[];
  /** How many of a thousand players leave in a second, on average, and have to be replaced (Little's law, for each persona by itself). */
  leavesPerMilleSecond: number;
  /** How long those of each kind stay, of those who are there from the start and of those who come later. */
  firstStays: readonly Stay[];
  comersStay: readonly Stay[];
};

/** A share (0..1) of players who stay as their session says, or, where they are only passing, about `passingMs` on average. */
export type Stay = { share: number; passingMs: number | null };

type Mix = { readonly [persona: string]: number };

const everybody: readonly Persona[] = personaNames.map((name) => personas[name] as Persona);

/** Fine enough for a stay of a minute beside one of two hours, and far from the 2^31 that a draw can take. */
const comersScale = 100_000;

/** Made once for each mix and law, not once for each player. */
const known = new WeakMap<Mix, { sessions: Sessions; casting: Casting }>();

export function castingOf(mix: Mix, sessions: Sessions): Casting {
  const before = known.get(mix);
  if (before !== undefined && before.sessions === sessions) return before.casting;
  const casting = newCasting(mix, sessions);
  known.set(mix, { sessions, casting });
  return casting;
}

/** One draw from the stream. */
export function drawPersona(weights: readonly number[], stream: Random): Persona {
  return everybody[pickWeighted(stream, weights)] as Persona;
}

function newCasting(mix: Mix, sessions: Sessions): Casting {
  const first = personaNames.map((name) => mix[name] ?? 0);
  const all = first.reduce((sum, weight) => sum + weight, 0);
  const stays = everybody.map((persona) => meanStayMs(persona, sessions));
  const leaving = first.map((weight, index) => weight / (stays[index] as number));
  const leavesPerMilleSecond = all === 0 ? 0 : (leaving.reduce((sum, rate) => sum + rate, 0) * 1_000_000) / all;
  const isPassing = first.some((weight, index) => weight > 0 && everybody[index]?.passing !== undefined);
  const shortest = Math.min(...stays);
  const comers = isPassing ? leaving.map((rate) => Math.floor(rate * shortest * comersScale)) : first;
  return { first, comers, leavesPerMilleSecond, firstStays: staysIn(first), comersStay: staysIn(comers) };
}

function staysIn(weights: readonly number[]): readonly Stay[] {
  const all = weights.reduce((sum, weight) => sum + weight, 0);
  const shareOf = (is: (persona: Persona) => boolean) =>
    weights.reduce((sum, weight, index) => sum + (is(everybody[index] as Persona) ? weight / all : 0), 0);
  const residents: Stay = { share: shareOf(({ passing }) => passing === undefined), passingMs: null };
  const passers = everybody.map((persona): Stay => {
    const passingMs = persona.passing?.meanStayMs ?? null;
    return { share: passingMs === null ? 0 : shareOf((each) => each === persona), passingMs };
  });
  return [residents, ...passers].filter(({ share }) => share > 0);
}

/** Infinity for somebody who does not leave by the clock. */
function meanStayMs({ passing }: Persona, sessions: Sessions): number {
  const meanMs = sessionLaw(sessions)?.meanMs ?? Number.POSITIVE_INFINITY;
  return passing === undefined ? meanMs : Math.min(meanMs, passing.meanStayMs);
}
