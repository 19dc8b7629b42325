import { type CdfPoint, empirical } from '../../core/laws/empirical.ts';
import { exponential } from '../../core/laws/exponential.ts';
import { drawMs, type Law, residualMs } from '../../core/laws/law.ts';
import { type LognormalSigma, lognormal } from '../../core/laws/lognormal.ts';
import { type ParetoShape, pareto } from '../../core/laws/pareto.ts';
import { type WeibullShape, weibull } from '../../core/laws/weibull.ts';
import type { Random } from '../../core/random.ts';

/** How long players mean to stay, as data. */
export type Sessions =
  | { law: 'weibull'; shape: WeibullShape; meanMs: number }
  | { law: 'exponential'; meanMs: number }
  | { law: 'lognormal'; sigma: LognormalSigma; meanMs: number }
  | { law: 'pareto'; shape: ParetoShape; meanMs: number }
  | { law: 'empirical'; cdf: readonly CdfPoint[] }
  | { law: 'endless' };

export const endless: Sessions = { law: 'endless' };

/** Longer than any run: whoever means to stay so long does not leave by the clock. */
export const endlessMs = 9_007_199_254_740_991;

/** The session of somebody who arrives now. */
export function sessionMs(sessions: Sessions, stream: Random): number {
  const law = sessionLaw(sessions);
  return law === null ? endlessMs : drawMs(law, stream);
}

/** What is left of the session of somebody who is there already. */
export function restOfSessionMs(sessions: Sessions, stream: Random): number {
  const law = sessionLaw(sessions);
  return law === null ? endlessMs : residualMs(law, stream);
}

/** Null where nobody leaves by the clock. */
export function sessionLaw(sessions: Sessions): Law | null {
  const known = laws.get(sessions);
  if (known !== undefined) return known;
  const law = lawFor(sessions);
  laws.set(sessions, law);
  return law;
}

/** A law is a table: made once for each crowd, not once for each player. */
const laws = new WeakMap<Sessions, Law | null>();

function lawFor(sessions: Sessions): Law | null {
  switch (sessions.law) {
    case 'weibull':
      return weibull(sessions.shape, sessions.meanMs);
    case 'exponential':
      return exponential(sessions.meanMs);
    case 'lognormal':
      return lognormal(sessions.sigma, sessions.meanMs);
    case 'pareto':
      return pareto(sessions.shape, sessions.meanMs);
    case 'empirical':
      return empirical(sessions.cdf);
    case 'endless':
      return null;
  }
}
