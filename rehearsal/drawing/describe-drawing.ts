import { wholeShare } from '../../core/laws/grid.ts';
import { survival } from '../../core/laws/law.ts';
import { type Crowd, initialPlayers } from '../../simulator/crowd/crowd.ts';
import { endless, sessionLaw } from '../../simulator/crowd/sessions.ts';
import type { CrowdDrawing } from '../report/drawing-format.ts';
import { dispersion, sum } from './dispersion.ts';
import type { Drawn } from './draw-crowd.ts';
import { popularityOf } from './popularity.ts';
import { cellBlocks, type Tally } from './tally.ts';

/** What people call it. */
export type DrawingNames = Pick<CrowdDrawing, 'title' | 'scenario' | 'sessionLaw' | 'arrivalShape'>;

const windowsSeconds = [1, 10, 60];

/** The figures of a crowd that was drawn. */
export function describeDrawing(names: DrawingNames, { crowd, forMs, joinedMs }: Drawn, tally: Tally): CrowdDrawing {
  const from = Math.ceil(joinedMs / 1000);
  const players = playersPerSecond(tally);
  const there = players.slice(from);
  const { search, spawns, biome } = tally.requests;
  const all = search.map((count, second) => count + (spawns[second] as number) + (biome[second] as number));
  const requests = sum(all.subarray(from));
  const playerSeconds = there.reduce((total, count) => total + count, 0);
  return {
    format: 'launchstorm.crowd/1',
    ...names,
    seed: crowd.seed,
    players: crowd.players,
    mix: crowd.mix,
    durationMs: forMs,
    joinedMs,
    seconds: {
      players,
      arrivals: [...tally.arrivals],
      departures: [...tally.departures],
      search: [...search],
      spawns: [...spawns],
      biome: [...biome],
    },
    concurrency: { mean: ratio(playerSeconds, there.length), min: least(there), max: most(there) },
    requests: {
      count: requests,
      perSecond: ratio(requests, there.length),
      perPlayerPerSecond: ratio(requests, playerSeconds),
      search: sum(search.subarray(from)),
      spawns: sum(spawns.subarray(from)),
      biome: sum(biome.subarray(from)),
      chains: sum(tally.chains.subarray(from)),
    },
    popularity: { ...popularityOf(tally.cells), cellBlocks },
    burstiness: windowsSeconds.map((windowSeconds) => ({
      windowSeconds,
      requests: dispersion(all, from, windowSeconds),
      arrivals: dispersion(tally.arrivals, from, windowSeconds),
    })),
    churn: churnOf(crowd, from, tally),
  };
}

function churnOf(crowd: Crowd, from: number, tally: Tally): CrowdDrawing['churn'] {
  const initial = initialPlayers(crowd);
  return {
    arrived: sum(tally.arrivals.subarray(from)),
    left: sum(tally.departures.subarray(from)),
    initialLeftShare: initial === 0 ? null : (initial - tally.initialGone) / initial,
    sessionMsMean: sessionLaw(crowd.sessions ?? endless)?.meanMs ?? null,
    halfExchangedMs: halfExchangedMs(crowd),
  };
}

/** When half of those whom one walks in on have left: the time up to which S(t) adds up to half of the mean session. */
function halfExchangedMs({ sessions = endless }: Crowd): number | null {
  const law = sessionLaw(sessions);
  if (law === null) return null;
  const stepMs = Math.max(1, law.meanMs / 2000);
  let spentMs = 0;
  let atMs = 0;
  for (; spentMs < law.meanMs / 2; atMs += stepMs) spentMs += (survival(law, atMs + stepMs / 2) / wholeShare) * stepMs;
  return Math.round(atMs);
}

function playersPerSecond({ arrivals, departures }: Tally): readonly number[] {
  let there = 0;
  return Array.from(arrivals, (arrived, second) => {
    there += arrived - (departures[second] as number);
    return there;
  });
}

function ratio(part: number, whole: number): number {
  return whole === 0 ? 0 : part / whole;
}

function least(counts: readonly number[]): number {
  return counts.reduce((low, count) => Math.min(low, count), counts[0] ?? 0);
}

function most(counts: readonly number[]): number {
  return counts.reduce((high, count) => Math.max(high, count), 0);
}
