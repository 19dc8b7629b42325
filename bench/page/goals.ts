import { quantileMs } from '../ours/told.ts';
import type { CrowdPlayed } from '../parts/crowd-play.ts';
import { highestHeld } from '../parts/highest-rate.ts';
import type { ServicePlayed } from '../parts/reference-service.ts';
import { median, short } from './figures.ts';
import type { AllKept } from './results.ts';

/** A goal, and a figure that is held against its limit. The figure is null where nothing was measured. */
export type Goal = { goal: string; unit: string; limit: Limit; figure(kept: AllKept): number | null };

export type Limit = { atLeast: number } | { atMost: number } | { below: number };

export type Judged = { goal: string; limit: string; measured: string; reached: boolean | null };

export const goals: readonly Goal[] = [
  {
    goal: 'checked, chained requests/s on one core, against wrk, which checks nothing',
    unit: 'x',
    limit: { atLeast: 0.8 },
    figure: ratioTo('wrk'),
  },
  { goal: 'the same, wished for', unit: 'x', limit: { atLeast: 1 }, figure: ratioTo('wrk') },
  { goal: 'against k6', unit: 'x', limit: { atLeast: 8 }, figure: ratioTo('k6') },
  { goal: 'against Goose', unit: 'x', limit: { atLeast: 2 }, figure: ratioTo('Goose') },
  { goal: 'against undici', unit: 'x', limit: { atLeast: 1.7 }, figure: ratioTo('undici') },
  {
    goal: 'a server that hands out 1 % empty chests shows as 1 %: lowest share of all rounds',
    unit: '%',
    limit: { atLeast: 0.9 },
    figure: emptyShare(Math.min),
  },
  { goal: 'the same: highest share of all rounds', unit: '%', limit: { atMost: 1.1 }, figure: emptyShare(Math.max) },
  { goal: 'without faults, sent minus lines in the access log', unit: 'requests', limit: { atMost: 0 }, figure: missing },
  {
    goal: '15,000 connected players, a chain per 15 s each: cores',
    unit: 'cores',
    limit: { atMost: 0.2 },
    figure: ofCrowd('connected', (run) => run.seen.cores),
  },
  { goal: '… memory', unit: 'MB', limit: { atMost: 200 }, figure: ofCrowd('connected', (run) => run.seen.rssMb) },
  {
    goal: '… connected within',
    unit: 's',
    limit: { atMost: 5 },
    figure: ofCrowd('connected', (run) => run.connectedSeconds ?? Number.POSITIVE_INFINITY),
  },
  { goal: '… requests/s', unit: 'requests/s', limit: { atLeast: 2900 }, figure: ofCrowd('connected', (run) => run.seen.requestsPerSecond) },
  { goal: '… dropped', unit: 'actions', limit: { atMost: 0 }, figure: ofCrowd('connected', (run) => run.played.whole.dropped) },
  {
    goal: '100,000 connected players on 2 cores: requests/s',
    unit: 'requests/s',
    limit: { atLeast: 19_500 },
    figure: ofCrowd('many', (run) => run.seen.requestsPerSecond),
  },
  { goal: '… connections', unit: 'connections', limit: { atLeast: 100_000 }, figure: ofCrowd('many', (run) => run.seen.connections) },
  { goal: '… memory of all generator processes', unit: 'MB', limit: { atMost: 1200 }, figure: ofCrowd('many', (run) => run.seen.rssMb) },
  { goal: '… generator lag, p99', unit: 'ms', limit: { below: 5 }, figure: ofCrowd('many', lagP99) },
  { goal: '… dropped', unit: 'actions', limit: { atMost: 0 }, figure: ofCrowd('many', (run) => run.played.whole.dropped) },
  {
    goal: '15,000 players against the reference service on the same two cores: requests/s',
    unit: 'requests/s',
    limit: { atLeast: 3100 },
    figure: ofService((run) => run.played.measured.sent / run.played.measured.seconds),
  },
  { goal: '… generator lag, p99', unit: 'ms', limit: { below: 2 }, figure: ofService(lagP99) },
  { goal: '… dropped', unit: 'actions', limit: { atMost: 0 }, figure: ofService((run) => run.played.whole.dropped) },
  {
    goal: '… p99 from intention',
    unit: 'ms',
    limit: { below: 15 },
    figure: ofService((run) => quantileMs(run.played.measured.latencyUs, 0.99)),
  },
  {
    goal: 'the highest rate of 15,000 players with p99 below 15 ms, wished for',
    unit: 'requests/s',
    limit: { atLeast: 15_000 },
    figure: ({ highest }) => (highest === undefined ? null : highestHeld(highest.figures)),
  },
  {
    goal: 'journeys planned per second on one core',
    unit: 'journeys/s',
    limit: { atLeast: 1_000_000 },
    figure: ({ journeys }) => median((journeys?.figures.runs ?? []).map((run) => run.perSecond)),
  },
  {
    goal: 'from the start of `load` to its first request',
    unit: 's',
    limit: { below: 0.5 },
    figure: (kept) => median(kept['first-request']?.figures.seconds ?? []),
  },
  {
    goal: 'cost of truth: histograms, windows and accounting, of the generator’s CPU',
    unit: '%',
    limit: { below: 15 },
    figure: ({ truth }) => (truth === undefined ? null : truth.figures.truth * 100),
  },
];

export function judgeGoals(kept: AllKept, rows: readonly Goal[] = goals): readonly Judged[] {
  return rows.map(({ goal, unit, limit, figure }) => {
    const measured = figure(kept);
    return {
      goal,
      limit: `${limitWords(limit)} ${unit}`,
      measured: measured === null ? 'not measured' : `${Number.isFinite(measured) ? short(measured) : 'not in time'} ${unit}`,
      reached: measured === null ? null : holds(limit, measured),
    };
  });
}

function holds(limit: Limit, measured: number): boolean {
  if ('atLeast' in limit) return measured >= limit.atLeast;
  return 'atMost' in limit ? measured <= limit.atMost : measured < limit.below;
}

function limitWords(limit: Limit): string {
  if ('atLeast' in limit) return `at least ${short(limit.atLeast)}`;
  return 'atMost' in limit ? `at most ${short(limit.atMost)}` : `below ${short(limit.below)}`;
}

/** Of the medians of one and the same run: both have met the same machine. */
function ratioTo(peer: string): Goal['figure'] {
  return ({ throughput }) => {
    const rate = (name: string) =>
      median((throughput?.figures.rounds ?? []).filter((round) => round.peer === name).map((round) => round.seen.requestsPerSecond));
    const own = rate('launchstorm');
    const other = rate(peer);
    return own === null || other === null || other === 0 ? null : own / other;
  };
}

/** Percent of searches, by this project's own count. */
function emptyShare(choose: (...shares: readonly number[]) => number): Goal['figure'] {
  return ({ throughput }) => {
    const shares = (throughput?.figures.rounds ?? []).flatMap(({ peer, own, serverRequests }) =>
      peer === 'launchstorm' && own.empty !== null ? [(100 * own.empty) / searchesOf(serverRequests, own.empty)] : [],
    );
    return shares.length === 0 ? null : choose(...shares);
  };
}

/** A chain that found an empty chest ends after its search: requests = 3 x searches - 2 x empty. */
export function searchesOf(requests: number, empty: number): number {
  return (requests + 2 * empty) / 3;
}

function missing({ accounting }: AllKept): number | null {
  if (accounting === undefined) return null;
  const { sent, logLines, empty, loggedEmpty } = accounting.figures;
  return Math.abs(sent - logLines) + Math.abs(empty - loggedEmpty);
}

function ofCrowd(part: 'connected' | 'many', figure: (run: CrowdPlayed) => number | null): Goal['figure'] {
  return (kept) => median((kept[part]?.figures.runs ?? []).flatMap((run) => figure(run) ?? []));
}

function ofService(figure: (run: ServicePlayed) => number | null): Goal['figure'] {
  return ({ service }) => median((service?.figures.runs ?? []).flatMap((run) => figure(run) ?? []));
}

function lagP99({ played }: { played: CrowdPlayed['played'] }): number | null {
  return quantileMs(played.lagUs, 0.99);
}
