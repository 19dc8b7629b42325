import { wholeShare } from '../../core/laws/grid.ts';
import { survival } from '../../core/laws/law.ts';
import { type ArrivalShape, shareAt, timesAt } from './arrival-shape.ts';
import { type Sessions, sessionLaw } from './sessions.ts';

/** How many arrive in that second of play, on average. Asked for one second after the other. */
export type LoginRate = (second: number) => number;

type Asked = { players: number; sessions: Sessions; shape: ArrivalShape; leavesPerMilleSecond: number };

/**
 * The rate that keeps as many players there as the shape asks for. Where the share does not change that is Little's law, L / E[T]. Where it
 * does, each second makes up for what the sessions of those who came before have left of it (a persona that is only passing is then not
 * made up for). Only + - * / on doubles, in a fixed order:
 * IEEE 754 gives the same bits in every engine.
 */
export function loginRate({ players, sessions, shape, leavesPerMilleSecond }: Asked): LoginRate {
  const law = sessionLaw(sessions);
  if (shape.shape === 'constant' || shape.shape === 'flash') {
    const perSecond = (players * leavesPerMilleSecond) / 1000;
    return (second) => perSecond * timesAt(shape, second * 1000);
  }
  const stays = law === null ? () => 1 : (ms: number) => survival(law, ms) / wholeShare;
  return following({ players, shape, stays, meanMs: law?.meanMs ?? null });
}

type Followed = { players: number; shape: ArrivalShape; stays: (ms: number) => number; meanMs: number | null };

function following({ players, shape, stays, meanMs }: Followed): LoginRate {
  /** Arrivals of each second so far; who arrived in one of them is still there after n more with the share `left[n]`. */
  const rates: number[] = [];
  const left: number[] = [];
  let firstLeft = players * shareAt(shape, 0);
  const leavesAtFirst = meanMs === null ? 0 : (firstLeft * 1000) / meanMs;

  function reckon(): void {
    const second = rates.length;
    left.push(stays(second * 1000 + 500));
    // Of those who were there at the start S(t) / E[T] leave at t: the law of what is left of a session.
    firstLeft -= leavesAtFirst * (left[second] as number);
    let there = firstLeft > 0 ? firstLeft : 0;
    for (let before = 0; before < second; before++) there += (rates[before] as number) * (left[second - before] as number);
    const missing = players * shareAt(shape, (second + 1) * 1000) - there;
    rates.push(missing > 0 ? missing / (left[0] as number) : 0);
  }

  return (second) => {
    while (rates.length <= second) reckon();
    return rates[second] as number;
  };
}
