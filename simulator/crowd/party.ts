import { below, type Random, random } from '../../core/random.ts';

/** Players who come together, as data. */
export type Parties = {
  /** Out of all players, those who come in a party; 0..1. */
  share: number;
  /** The others of a party are there so soon after its first one, ms. */
  withinMs: number;
};

export const noParties: Parties = { share: 0, withinMs: 0 };

/** A player's place in its party: `id` is the journey of the first one, `rank` counts from 0. */
export type Party = { id: number; size: number; rank: number };

/** How many parties of two, three, four and five there are to each other. Assumed. */
const sizeWeights: readonly number[] = [5, 3, 2, 1];
const sizeMin = 2;

/** Parties never reach over a block of journeys: so the one of journey n is found without looking at all before it. */
export const blockSize = 16;

const blockStream = 0x9a27;

/** The party of journey n, from (seed, n) alone; null for somebody who comes alone. */
export function partyOf(seed: number, parties: Parties, journey: number): Party | null {
  if (parties.share === 0) return null;
  const block = Math.floor(journey / blockSize);
  let first = block * blockSize;
  for (const size of groupSizes(seed, parties, block)) {
    if (journey < first + size) return size === 1 ? null : { id: first, size, rank: journey - first };
    first += size;
  }
  return null;
}

/** How the journeys of a block come: 1 is somebody alone. */
export function groupSizes(seed: number, parties: Parties, block: number): readonly number[] {
  const place = block % drawnMax;
  const known = drawn[place];
  if (known !== undefined && known.block === block && known.seed === seed && known.parties === parties) return known.sizes;
  const sizes = drawSizes(random(seed, blockStream, block), weightsOf(parties));
  drawn[place] = { seed, parties, block, sizes };
  return sizes;
}

/** Journeys are mostly asked for in their order, give or take a few seconds: what was drawn lately need not be drawn again. */
const drawn: { seed: number; parties: Parties; block: number; sizes: readonly number[] }[] = [];
const drawnMax = 256;

function drawSizes(stream: Random, { ofSizes, total }: Weights): readonly number[] {
  const sizes: number[] = [];
  for (let left = blockSize; left > 0; ) {
    let rest = below(stream, total);
    let size = 1;
    while (rest >= (ofSizes[size - 1] as number)) {
      rest -= ofSizes[size - 1] as number;
      size += 1;
    }
    sizes.push(size > left ? left : size);
    left -= size;
  }
  return sizes;
}

/** Groups per journey on average, with what the ends of the blocks cut off. */
export function groupsPerJourney(parties: Parties): number {
  if (parties.share === 0) return 1;
  const { ofSizes, total } = weightsOf(parties);
  const groups: number[] = [0];
  for (let left = 1; left <= blockSize; left++) {
    groups.push(ofSizes.reduce((sum, weight, index) => sum + (weight / total) * (1 + (groups[left - index - 1] ?? 0)), 0));
  }
  return (groups[blockSize] as number) / blockSize;
}

/** Weights of groups of 1, 2, 3, …, so that out of all players a share is in a party. */
type Weights = { ofSizes: readonly number[]; total: number };

const knownWeights = new WeakMap<Parties, Weights>();

function weightsOf(parties: Parties): Weights {
  const known = knownWeights.get(parties);
  if (known !== undefined) return known;
  const { share } = parties;
  const members = sizeWeights.reduce((sum, weight, index) => sum + weight * (index + sizeMin), 0);
  const alone = Math.floor((1 - share) * members * 1000 + 0.5);
  const ofSizes = [alone, ...sizeWeights.map((weight) => Math.floor(share * weight * 1000 + 0.5))];
  const weights = { ofSizes, total: ofSizes.reduce((sum, weight) => sum + weight, 0) };
  knownWeights.set(parties, weights);
  return weights;
}
