import { z } from 'zod';
import { assumed, sourced } from '../core/basis.ts';
import { defaultConvergence, defaultSpace, rushExponentPerMille, type Space, type SpaceEvent } from '../simulator/crowd/space.ts';
import { durationRow, lastingRow } from './duration-row.ts';
import { milliseconds } from './milliseconds.ts';

/** Where the crowd of a scenario is, and what brings it elsewhere. */

const share = z.number().min(0).max(1);
/** Thousandths are kept: engines must not round differently. */
const exponent = z.number().min(0).max(3);

const eventRow = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('convergence').describe('a part of all players comes to one cell, evenly over a while'),
    at: durationRow.describe('since play began'),
    share: share.default(defaultConvergence.perMille / 1000).meta({
      description: 'out of all players',
      ...sourced('EVE Online, M2-XFE: 35 % of everyone online in three systems'),
    }),
    within: lastingRow(1)
      .default('3m')
      .meta({ description: 'all are there after so long', ...assumed('no time of arrival has been published') }),
    for: lastingRow(1)
      .default('10m')
      .meta({ description: 'how long they stay after that', ...assumed('longer than most rehearsals') }),
  }),
  z.strictObject({
    kind: z.literal('rush').describe('a treasure event: for a while the popular cells are more popular still'),
    at: durationRow.describe('since play began'),
    for: lastingRow(1),
    exponent: exponent
      .default(rushExponentPerMille / 1000)
      .meta({ description: 'of Zipf’s law meanwhile', ...assumed('the top 5 % of a thousand cells then hold 60 %') }),
  }),
  z.strictObject({
    kind: z.literal('patch-day').describe('new content: which cells are popular is drawn anew, for good'),
    at: durationRow.describe('since play began'),
  }),
]);

export const spaceRow = z
  .strictObject({
    cells: z
      .number()
      .int()
      .min(1)
      .max(1024)
      .default(defaultSpace.cells)
      .meta({
        description: 'cells per world that are ever visited; the fewer, the more players meet in one',
        ...assumed('of 1,024, 2,000 blocks a side'),
      }),
    exponent: exponent.default(defaultSpace.exponentPerMille / 1000).meta({
      description: 'of Zipf’s law over these cells: how much more popular the popular ones are',
      ...assumed('5 % of the territory held 30 % of the time (World of Warcraft, NetGames 2009), which is 0.65; the family is assumed'),
    }),
    favourites: share.default(defaultSpace.favouritesPerMille / 1000).meta({
      description: 'out of all portals, those to a favourite cell of the player’s own',
      ...assumed('calibrated to 25 to 35 % revisits (Liang et al. 2008)'),
    }),
    events: z
      .array(eventRow)
      .max(20)
      .default([])
      .meta({ description: 'what happens in the world while they play', ...assumed('an ordinary day') }),
  })
  .prefault({});

/** That space, as data that every engine understands. */
export function spaceOf({ cells, exponent, favourites, events }: z.output<typeof spaceRow>): Space {
  return { cells, exponentPerMille: perMille(exponent), favouritesPerMille: perMille(favourites), events: events.map(eventOf) };
}

function eventOf(event: z.output<typeof eventRow>): SpaceEvent {
  const atMs = milliseconds(event.at);
  switch (event.kind) {
    case 'convergence':
      return {
        kind: 'convergence',
        atMs,
        perMille: perMille(event.share),
        withinMs: milliseconds(event.within),
        stayMs: milliseconds(event.for),
      };
    case 'rush':
      return { kind: 'rush', atMs, forMs: milliseconds(event.for), exponentPerMille: perMille(event.exponent) };
    case 'patch-day':
      return { kind: 'patch-day', atMs };
  }
}

function perMille(value: number): number {
  return Math.floor(value * 1000 + 0.5);
}
