import { cdfProblem } from '../core/laws/empirical.ts';
import type { Problem } from '../core/problem.ts';
import { checkCrowd } from '../simulator/crowd/crowd.ts';
import { crowdOf } from './crowd-of.ts';
import type { CheckedCrowd } from './crowd-rows.ts';
import { milliseconds } from './milliseconds.ts';

/** Everything about a crowd that no single row can see, all at once. */
export function crowdProblems(crowd: CheckedCrowd): readonly Problem[] {
  const wrong = [...sessionProblems(crowd), ...curveProblems(crowd), ...shrinkProblems(crowd)];
  // A crowd is drawn only from what can be one.
  return [...wrong, ...checkCrowd(crowdOf({ ...crowd, arrivals: { shape: 'constant' } }, 0))];
}

function sessionProblems({ sessions }: CheckedCrowd): readonly Problem[] {
  if (typeof sessions === 'string' || sessions.law !== 'empirical') return [];
  const problem = cdfProblem(sessions.cdf.map(({ share, within }) => ({ share, ms: milliseconds(within) })));
  const remedy = 'give shares and times that ascend, for example { share: 0.5, within: 9m }, { share: 1, within: 7h }';
  return problem === null ? [] : [{ place: 'crowd.sessions.cdf', problem, remedy }];
}

function curveProblems({ arrivals }: CheckedCrowd): readonly Problem[] {
  if (arrivals.shape !== 'curve') return [];
  const place = 'crowd.arrivals';
  const { file, points } = arrivals;
  if (points === undefined) {
    const problem = file === undefined ? 'a curve without points' : `${file} has not been read`;
    return [{ place, problem, remedy: 'give a file of the scenario, or points' }];
  }
  const backwards = points.findIndex((point, index) => index > 0 && milliseconds(point.at) <= milliseconds(points[index - 1]?.at ?? '0s'));
  return [
    ...(backwards < 0
      ? []
      : [{ place: `${place}.points[${backwards}].at`, problem: 'is not later than the point before', remedy: 'put the points in order' }]),
    ...(points.some(({ players }) => players > 0)
      ? []
      : [{ place: `${place}.points`, problem: 'nobody is ever there', remedy: 'give one point players above 0' }]),
  ];
}

/** Who never leaves cannot become fewer. */
function shrinkProblems({ sessions, arrivals }: CheckedCrowd): readonly Problem[] {
  if (sessions !== 'endless' || (arrivals.shape !== 'diurnal' && arrivals.shape !== 'curve')) return [];
  const problem = `endless sessions never end, so that a ${arrivals.shape} cannot fall`;
  return [{ place: 'crowd.sessions', problem, remedy: 'use sessions that end, for example fps' }];
}
