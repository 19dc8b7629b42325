import { z } from 'zod';
import { assumed, type Basis, sourced } from '../core/basis.ts';
import { sessionPresetNames } from '../simulator/crowd/session-presets.ts';
import { defaultRetryMix, type RetryName, retryNames } from '../simulator/players/retry-style.ts';
import { durationRow, lastingRow } from './duration-row.ts';
import { spaceRow } from './space-rows.ts';

/**
 * The crowd of a scenario: who plays, how long they stay, when they come. Each default says where it comes from; docs/players.md is made
 * from these rows.
 */

/** The help of a row, and where its default comes from. */
const row = (description: string, basis: Basis) => ({ description, ...basis });

const share = z.number().min(0).max(1);

const sessionsRow = z
  .union(
    [
      z.enum(sessionPresetNames),
      z.strictObject({
        law: z.literal('weibull').describe('S(t) = exp(-(t / scale)^shape)'),
        shape: z.literal([0.5, 0.7]).describe('below 1: whoever has stayed for long will stay for longer still'),
        mean: lastingRow(1000),
      }),
      z.strictObject({ law: z.literal('exponential').describe('S(t) = exp(-t / mean): no memory'), mean: lastingRow(1000) }),
      z.strictObject({
        law: z.literal('lognormal').describe('the logarithm is normal'),
        sigma: z.literal([0.5, 1, 1.69]).describe('its standard deviation'),
        mean: lastingRow(1000),
      }),
      z.strictObject({
        law: z.literal('pareto').describe('S(t) = (1 + t / scale)^-shape: the heaviest tail'),
        shape: z.literal([1.5, 2.5]),
        mean: lastingRow(1000),
      }),
      z.strictObject({
        law: z.literal('empirical').describe('as they were measured'),
        cdf: z
          .array(z.strictObject({ share: share.describe('of all sessions, 0..1'), within: durationRow.describe('end within that time') }))
          .min(1)
          .max(1000)
          .describe('ascending, straight lines in between, the last share is 1'),
      }),
    ],
    { error: `is no way to stay -> one of ${sessionPresetNames.join(', ')}, or { law: 'weibull', shape: 0.5, mean: '40m' }` },
  )
  .default('fps')
  .meta(
    row(
      'how long players mean to stay: a preset by name, or a law; a run begins with players who have been there for a while',
      sourced('the fit behind the preset: Chang & Feng, NetGames 2003'),
    ),
  );

const arrivalsRow = z
  .discriminatedUnion('shape', [
    z.strictObject({ shape: z.literal('constant').describe('as many arrive as leave: the number of players holds') }),
    z.strictObject({
      shape: z.literal('ramp').describe('evenly from fewer players to all of them'),
      from: share.default(0).meta(row('share of the players that is there at the start', assumed('a ramp begins with nobody'))),
      over: lastingRow(1000).describe('how long that takes'),
    }),
    z.strictObject({
      shape: z.literal('launch').describe('from nobody to everybody'),
      over: lastingRow(1000)
        .default('330s')
        .meta(
          row('how long that takes', sourced('Helldivers 2, 2024: 360,000 places filled in five and a half minutes (shacknews, PC Gamer)')),
        ),
    }),
    z.strictObject({
      shape: z.literal('flash').describe('constant, but for a while many times as many arrive'),
      at: durationRow.describe('since play began'),
      for: lastingRow(1000),
      times: z
        .number()
        .min(1)
        .max(1000)
        .default(50)
        .meta(row('so many times as many arrive', sourced('Pokemon GO, 2016: fifty times the target (Google CRE, ITPro)'))),
    }),
    z.strictObject({
      shape: z.literal('diurnal').describe('a day with its peak and its trough'),
      day: lastingRow(10_000)
        .default('24h')
        .meta(row('length of a day; shorter, a night fits into a rehearsal', sourced('strong 24 h peaks in several games: IMC 2005'))),
      trough: share
        .default(0.4)
        .meta(row('share of the players that is left at the trough', assumed('one wave a day, and how deep it is'))),
      startsAt: share.default(0.25).meta(row('when in the day play begins: 0 at the trough, 0.5 at the peak', assumed('on the way up'))),
    }),
    z.strictObject({
      shape: z.literal('curve').describe('as many as somebody has counted, scaled so that the most of them are `players`'),
      file: z
        .string()
        .min(1)
        .optional()
        .describe('a file with lines `seconds,players`; its place is relative to the scenario. Read when the scenario is checked'),
      points: z
        .array(z.strictObject({ at: durationRow.describe('since play began'), players: z.number().min(0) }))
        .min(1)
        .max(100_000)
        .optional()
        .describe('the same in the scenario itself; straight lines in between'),
    }),
  ])
  .default({ shape: 'constant' })
  .meta(
    row(
      'how many are there when. Arrivals never wait for the service',
      sourced('arrivals within an hour are a Poisson process: Chen, Huang & Lei, Computer Networks 2006'),
    ),
  );

const partiesRow = z
  .strictObject({
    share: share
      .default(0.3)
      .meta(
        row(
          'out of all players, those who come in a party of two to five; 0 for none',
          assumed(
            'World of Warcraft: players were grouped 30 % of the time below level 55 (Ducheneaut et al., CHI 2006); that so many also come together, and the sizes, are assumed',
          ),
        ),
      ),
    within: durationRow.default('5s').meta(row('the others of a party are there so soon after its first one', assumed('within seconds'))),
  })
  .prefault({});

const callOutsRow = z
  .strictObject({
    every: lastingRow(10_000).describe('one in so long on average'),
    players: z.number().int().min(1).max(100_000).describe('how many follow one on average'),
    within: lastingRow(1000)
      .default('20s')
      .meta(row('so soon, most of them at once', assumed('no measured response to a call-out was found'))),
  })
  .optional()
  .describe('somebody with an audience says where to play: so many more arrive at once, beside the others');

const retriesRow = z
  .partialRecord(z.enum(retryNames as [RetryName, ...RetryName[]]), z.number().int().min(0).max(1000))
  .refine((mix) => Object.values(mix).some((weight) => (weight ?? 0) > 0), {
    error: 'nobody retries in any way -> give one a weight above 0',
  })
  .default({ ...defaultRetryMix } as { [name in RetryName]?: number })
  .meta(
    row(
      'weight of each style of retrying, for personas without one of their own',
      assumed('of 100 players 60 with the back-off of an SDK, 25 impatient, 10 who quit, 5 scripts with a fixed interval'),
    ),
  );

export const crowdRows = z
  .strictObject({
    kind: z
      .enum(['explorers', 'synthetic'])
      .default('explorers')
      .meta(
        row(
          'who plays: explorers are players who chain; synthetic is a load test of the usual kind, which brings its own mix',
          assumed('the question that most scenarios ask'),
        ),
      ),
    players: z
      .number()
      .int()
      .min(1)
      .max(200_000)
      .default(400)
      .meta(row('players at the same time', assumed('dense enough to see a recovery, on two cores'))),
    mix: z
      .record(z.string(), z.number().int().min(0).max(1000))
      .default({ explorer: 6, farmer: 2, wanderer: 2 })
      .meta(row('weight of each persona', assumed('no game has published one'))),
    sessions: sessionsRow,
    arrivals: arrivalsRow,
    join: durationRow
      .default('4s')
      .meta(row('how long those who are there from the start take to join', assumed('shorter than anything that is judged'))),
    parties: partiesRow,
    callOuts: callOutsRow,
    space: spaceRow,
    retries: retriesRow,
  })
  .prefault({});

/** What a load test of the usual kind is made of: nobody leaves, nobody comes with others, and all do the same. */
export const syntheticCrowd = { mix: { synthetic: 1 }, sessions: 'endless', parties: { share: 0, within: '5s' } } as const;

export type CheckedCrowd = z.output<typeof crowdRows>;
