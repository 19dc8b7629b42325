import { pickWeighted, type Random } from '../../core/random.ts';
import type { Persona } from '../players/player.ts';
import { personaNames, personas } from '../players/table.ts';

/** Weight of each persona by name. */
export type Mix = { readonly [persona: string]: number };

type Weights = { alone: readonly number[]; inParty: readonly number[] };

const everybody: readonly Persona[] = personaNames.map((name) => personas[name] as Persona);

/**
 * Draws once from the mix. Personas that are made for parties are those of a party's members, and of nobody else; where the mix names
 * none of them, a party is made of whoever plays.
 */
export function drawPersona(mix: Mix, inParty: boolean, stream: Random): Persona {
  const weights = weightsOf(mix);
  return everybody[pickWeighted(stream, inParty ? weights.inParty : weights.alone)] as Persona;
}

/** Made once for each mix, not once for each player. */
const knownWeights = new WeakMap<Mix, Weights>();

function weightsOf(mix: Mix): Weights {
  const known = knownWeights.get(mix);
  if (known !== undefined) return known;
  const all = personaNames.map((name) => mix[name] ?? 0);
  const inParty = all.map((weight, index) => (everybody[index]?.inParties ? weight : 0));
  const alone = all.map((weight, index) => (everybody[index]?.inParties ? 0 : weight));
  const weights = { inParty: isSome(inParty) ? inParty : all, alone: isSome(alone) ? alone : all };
  knownWeights.set(mix, weights);
  return weights;
}

function isSome(weights: readonly number[]): boolean {
  return weights.some((weight) => weight > 0);
}
