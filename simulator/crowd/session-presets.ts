import { assumed, type Basis, derived, sourced } from '../../core/basis.ts';
import type { Sessions } from './sessions.ts';

/** A way to stay that has a name. Nothing was found for games of the kind of Minecraft: no published fit of their sessions turned up. */
export type SessionPreset = { sessions: Sessions; help: string } & Basis;

const minuteMs = 60_000;

export const sessionPresets = {
  fps: {
    sessions: { law: 'weibull', shape: '0.5', meanMs: 40 * minuteMs },
    help: 'Weibull, shape 0.5, scale 20 min: mean 40 min, median 9.6 min, one in a hundred longer than 7 h',
    ...sourced('Chang & Feng, NetGames 2003: a Counter-Strike server, a week, about 16,000 sessions; an exponential law was rejected'),
  },
  mmo: {
    sessions: { law: 'weibull', shape: '0.7', meanMs: 135.4 * minuteMs },
    help: 'Weibull, shape 0.7, scale 107 min: mean 135 min',
    ...assumed('the shape and so the scale; the mean of 135 min is that of EVE Online 2003 to 2006 (Feng, Brandt & Saha, NetGames 2007)'),
  },
  lognormal: {
    sessions: { law: 'lognormal', sigma: '1.69', meanMs: 40 * minuteMs },
    help: 'lognormal with the mean and the median of `fps`: fewer sessions of seconds, and longer ones at the far end',
    ...derived('mean 40 min and median 9.6 min of the fit behind `fps`: sigma = sqrt(2 ln(40 / 9.6)) = 1.69'),
  },
  endless: {
    sessions: { law: 'endless' },
    help: 'nobody leaves by the clock, and so nobody new arrives once everybody is there',
    ...assumed('no game is played like that; for comparison with generators that know no sessions'),
  },
} as const satisfies { readonly [name: string]: SessionPreset };

export type SessionPresetName = keyof typeof sessionPresets;

export const sessionPresetNames = Object.keys(sessionPresets) as readonly SessionPresetName[];
