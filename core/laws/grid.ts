/**
 * Where the tables of the laws have their points: shares of the population in 1/2^32, ascending. From the middle outwards the share
 * that is still left is halved again and again, with eight cells to each halving, so that head and tail are as fine as the body.
 */
export const headHalvings = 10;
export const tailHalvings = 20;
const cellsPerHalving = 8;

export const wholeShare = 4_294_967_296;

/** 0, then 2^-10 to 1/2 of the population, then up to all but 2^-20 of it, where every table ends: 226 points. */
export const gridShares: readonly number[] = [0, ...headShares(), ...headShares(tailHalvings).reverse().slice(1).map(rest)];

/** Ascending shares up to the half, from 2^-`halvings` on. */
function headShares(halvings = headHalvings): number[] {
  const shares: number[] = [];
  for (let start = wholeShare / powerOfTwo(halvings); start < wholeShare / 2; start *= 2) {
    for (let cell = 0; cell < cellsPerHalving; cell++) shares.push(start + (start / cellsPerHalving) * cell);
  }
  return [...shares, wholeShare / 2];
}

function rest(share: number): number {
  return wholeShare - share;
}

function powerOfTwo(exponent: number): number {
  let power = 1;
  for (let step = 0; step < exponent; step++) power *= 2;
  return power;
}
