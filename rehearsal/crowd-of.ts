import type { ArrivalShape } from '../simulator/crowd/arrival-shape.ts';
import type { Crowd } from '../simulator/crowd/crowd.ts';
import { sessionPresets } from '../simulator/crowd/session-presets.ts';
import type { Sessions } from '../simulator/crowd/sessions.ts';
import type { RetryMix } from '../simulator/players/retry-style.ts';
import type { CheckedCrowd } from './crowd-rows.ts';
import { milliseconds } from './milliseconds.ts';
import { spaceOf } from './space-rows.ts';

/** The crowd of a scenario, as data that every engine understands. */
export function crowdOf(checked: CheckedCrowd, seed: number): Crowd {
  const { players, mix, parties, callOuts, retries } = checked;
  return {
    seed,
    players,
    mix,
    joinMs: milliseconds(checked.join),
    sessions: sessionsOf(checked.sessions),
    shape: shapeOf(checked.arrivals),
    parties: { share: parties.share, withinMs: milliseconds(parties.within) },
    callOuts:
      callOuts === undefined
        ? null
        : { everyMs: milliseconds(callOuts.every), players: callOuts.players, withinMs: milliseconds(callOuts.within) },
    space: spaceOf(checked.space),
    retries: retries as RetryMix,
  };
}

/** How long it takes until everybody is there who is to be there: what comes before is warm-up. */
export function joinedMs({ join, arrivals }: CheckedCrowd): number {
  const fills = arrivals.shape === 'ramp' || arrivals.shape === 'launch';
  return Math.max(milliseconds(join), fills ? milliseconds(arrivals.over) : 0);
}

function sessionsOf(sessions: CheckedCrowd['sessions']): Sessions {
  if (typeof sessions === 'string') return sessionPresets[sessions].sessions;
  switch (sessions.law) {
    case 'weibull':
      return { law: 'weibull', shape: `${sessions.shape}`, meanMs: milliseconds(sessions.mean) };
    case 'exponential':
      return { law: 'exponential', meanMs: milliseconds(sessions.mean) };
    case 'lognormal':
      return { law: 'lognormal', sigma: `${sessions.sigma}`, meanMs: milliseconds(sessions.mean) };
    case 'pareto':
      return { law: 'pareto', shape: `${sessions.shape}`, meanMs: milliseconds(sessions.mean) };
    case 'empirical':
      return { law: 'empirical', cdf: sessions.cdf.map((point) => ({ share: point.share, ms: milliseconds(point.within) })) };
  }
}

function shapeOf(arrivals: CheckedCrowd['arrivals']): ArrivalShape {
  switch (arrivals.shape) {
    case 'constant':
      return { shape: 'constant' };
    case 'ramp':
      return { shape: 'ramp', from: arrivals.from, overMs: milliseconds(arrivals.over) };
    case 'launch':
      return { shape: 'launch', overMs: milliseconds(arrivals.over) };
    case 'flash':
      return { shape: 'flash', atMs: milliseconds(arrivals.at), forMs: milliseconds(arrivals.for), times: arrivals.times };
    case 'diurnal':
      return { shape: 'diurnal', dayMs: milliseconds(arrivals.day), trough: arrivals.trough, startsAt: arrivals.startsAt };
    case 'curve': {
      const points = arrivals.points ?? [];
      const most = Math.max(...points.map((point) => point.players));
      return { shape: 'curve', points: points.map((point) => ({ ms: milliseconds(point.at), share: point.players / most })) };
    }
  }
}
