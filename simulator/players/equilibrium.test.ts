import { describe, expect, test } from 'vitest';
import { playMany, sends } from './fixtures/many.ts';
import { personaNames, personas } from './table.ts';

const players = 15_000;
const seconds = 12;
/** A life that is data is met in the middle of it by construction; one that is written as a generator says itself where it begins. */
const byPlan = personaNames.filter((name) => personas[name]?.plan !== undefined);
const mixes: readonly { readonly [persona: string]: number }[] = [
  { explorer: 6, farmer: 2, wanderer: 2 },
  ...byPlan.map((name) => ({ [name]: 1 })),
];

test('every persona of the house lives by a plan', () => {
  const house = ['explorer', 'farmer', 'wanderer', 'party-member', 'tourist', 'bot', 'hostile', 'squatter'];
  expect(byPlan).toEqual(expect.arrayContaining(house));
});

describe.each(mixes)('15,000 players at once, %o', (mix) => {
  const tenths = requestsPerTenth(mix);
  const perSecond = Array.from({ length: seconds }, (_, second) => sum(tenths.slice(10 * second, 10 * second + 10)));
  const later = perSecond.slice(2);
  const mean = sum(later) / later.length;

  test('ask as often in the first second as in any other: no spike and no lull', () => {
    // A chain is three requests and more that come together: four standard errors, for an index of dispersion of up to 4.
    expect(Math.abs((perSecond[0] as number) - mean)).toBeLessThan(4 * Math.sqrt(4 * mean));
    expect(Math.abs((perSecond[1] as number) - mean)).toBeLessThan(4 * Math.sqrt(4 * mean));
  });

  test('and as often in the first tenth of it', () => {
    expect(Math.abs((tenths[0] as number) - mean / 10)).toBeLessThan(4 * Math.sqrt((4 * mean) / 10));
  });

  test('with no more than the noise of independent players from second to second', () => {
    const variance = sum(perSecond.map((count) => (count - mean) ** 2)) / (perSecond.length - 1);
    // The 99.9 % point of chi-square over 11 degrees of freedom is 31.3, for bursts of up to four requests.
    expect(variance / mean).toBeLessThan((4 * 31.3) / 11);
  });
});

function requestsPerTenth(mix: { readonly [persona: string]: number }): readonly number[] {
  const tenths = new Array<number>(10 * seconds).fill(0);
  playMany({ seed: 17, players, mix, joinMs: 0 }, 1000 * seconds, (player, atMs) => {
    if (sends(player)) tenths[Math.floor(atMs / 100)] = (tenths[Math.floor(atMs / 100)] as number) + 1;
  });
  return tenths;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
