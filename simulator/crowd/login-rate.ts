import { exponential } from '../../core/laws/exponential.ts';
import { wholeShare } from '../../core/laws/grid.ts';
import { type Law, survival } from '../../core/laws/law.ts';
import { type ArrivalShape, shareAt, timesAt } from './arrival-shape.ts';
import type { Casting, Stay } from './casting.ts';
import { type Sessions, sessionLaw } from './sessions.ts';

/** How many arrive in that second of play, on average. Asked for one second after the other. */
export type LoginRate = (second: number) => number;

type Asked = { players: number; sessions: Sessions; shape: ArrivalShape; casting: Casting };

/**
 * The rate that keeps as many players there as the shape asks for. Where the share does not change that is Little's law, L / E[T]. Where it
 * does, each second makes up for what the sessions of those who came before have left of it. Only + - * / on doubles, in a fixed order:
 * IEEE 754 gives the same bits in every engine.
 */
export function loginRate({ players, sessions, shape, casting }: Asked): LoginRate {
  if (shape.shape === 'constant' || shape.shape === 'flash') {
    const perSecond = (players * casting.leavesPerMilleSecond) / 1000;
    return (second) => perSecond * timesAt(shape, second * 1000);
  }
  return following({ players, shape, remaining: remainingOf(casting, sessionLaw(sessions)) });
}

/** Which share is still there `ms` after it was there from the start, and after it came. */
type Remaining = { first: Leaving; comers: Leaving };
type Leaving = (second: number) => number;

/** Asked for one second after the other, from 0: what is left in the middle of it. */
function remainingOf({ firstStays, comersStay }: Casting, law: Law | null): Remaining {
  const stays = (second: number) => (law === null ? 1 : survival(law, second * 1000 + 500) / wholeShare);
  let rest = 1;
  return {
    first: (second) => {
      // Of those who are there at the start S(t) / E[T] leave at t: the law of what is left of a session.
      if (law !== null) rest = Math.max(0, rest - (stays(second) * 1000) / law.meanMs);
      return rest * notPassed(firstStays, second);
    },
    comers: (second) => stays(second) * notPassed(comersStay, second),
  };
}

/** Whoever is only passing leaves after each chain with the same chance, about: what is left of such a stay has no memory. */
function notPassed(stays: readonly Stay[], second: number): number {
  return stays.reduce(
    (sum, { share, passingMs }) =>
      sum + share * (passingMs === null ? 1 : survival(passingLaw(passingMs), second * 1000 + 500) / wholeShare),
    0,
  );
}

type Followed = { players: number; shape: ArrivalShape; remaining: Remaining };

function following({ players, shape, remaining }: Followed): LoginRate {
  /** Arrivals of each second so far; who arrived in one of them is still there after n more with the share `left[n]`. */
  const rates: number[] = [];
  const left: number[] = [];
  const firstPlayers = players * shareAt(shape, 0);

  function reckon(): void {
    const second = rates.length;
    left.push(remaining.comers(second));
    let there = firstPlayers * remaining.first(second);
    for (let before = 0; before < second; before++) there += (rates[before] as number) * (left[second - before] as number);
    const missing = players * shareAt(shape, (second + 1) * 1000) - there;
    rates.push(missing > 0 ? missing / (left[0] as number) : 0);
  }

  return (second) => {
    while (rates.length <= second) reckon();
    return rates[second] as number;
  };
}

const passingLaws = new Map<number, Law>();

function passingLaw(meanMs: number): Law {
  const known = passingLaws.get(meanMs);
  if (known !== undefined) return known;
  const law = exponential(meanMs);
  passingLaws.set(meanMs, law);
  return law;
}
