import exec from 'k6/execution';
import { Counter, Rate, Trend } from 'k6/metrics';
import type { Player } from '../../players/player.ts';
import type { PlannedWindow } from '../script-facts.ts';
import type { Books, SentAction } from './journey.ts';
import { windowAt } from './planned-window.ts';

/**
 * The contract's outcomes as metrics of k6. Every sample has the tags `of` (search, spawns, biome, chain), `window` (by the scenario's
 * timeline, from the intended start) and `phase` (warmup or run); actions also `outcome`. The intended start itself, in ms since play
 * began, and the times in microseconds are metadata, which cost k6 no time series: the output extension makes seconds from them.
 */
const actions = new Counter('launchstorm_actions');
const chains = new Counter('launchstorm_chains');
const useful = new Rate('launchstorm_useful');
const latency = new Trend('launchstorm_latency', true);
const service = new Trend('launchstorm_service', true);
const lag = new Trend('launchstorm_lag', true);
const sessions = new Counter('launchstorm_sessions');
const departures = new Counter('launchstorm_departures');

type Tags = { [name: string]: string };

/** Made once for each player of k6. */
export function booksOf(windows: readonly PlannedWindow[]): Books {
  const tagsAt = (of: string, atMs: number, more: Tags): Tags => {
    const window = windowAt(windows, atMs);
    return { of, window, phase: window === 'warmup' ? 'warmup' : 'run', ...more };
  };
  return {
    joined: (nowMs) => {
      stamp(`${nowMs}`);
      sessions.add(1);
    },
    left: (nowMs) => {
      stamp(`${nowMs}`);
      departures.add(1);
    },
    began: (operation, dueMs, lagMs) => lag.add(microseconds(lagMs) / 1000, tagsAt(operation, dueMs, {})),
    sent: (operation, player, action) => countSent(tagsAt(operation, action.dueMs, outcomeTags(player)), player, action),
    unsent: (operation, dueMs, outcome) => {
      stamp(`${dueMs}`);
      const tags = tagsAt(operation, dueMs, { outcome, sent: 'no' });
      actions.add(1, tags);
      useful.add(false, tags);
    },
    // What has not ended is told to nobody.
    beginChain: (intendedMs) => intendedMs,
    takeChainBack: () => {},
    endChain: (fromMs, result, latencyMs) => {
      stamp(`${fromMs} ${microseconds(latencyMs)}`);
      const tags = tagsAt('chain', fromMs, { result });
      chains.add(1, tags);
      useful.add(result === 'useful', tags);
      if (result === 'useful') latency.add(microseconds(latencyMs) / 1000, tags);
    },
  };
}

function countSent(tags: Tags, { answer }: Player, { dueMs, latencyMs, serviceMs, requestId }: SentAction): void {
  stamp(`${dueMs} ${microseconds(latencyMs)} ${microseconds(serviceMs)} ${requestId} ${answer.status}`);
  actions.add(1, tags);
  useful.add(answer.outcome === 'ok', tags);
  latency.add(microseconds(latencyMs) / 1000, tags);
  service.add(microseconds(serviceMs) / 1000, tags);
}

function outcomeTags({ answer: { outcome, status } }: Player): Tags {
  if (outcome !== 'refused') return { outcome, sent: 'yes' };
  return { outcome, sent: 'yes', refusal: status === 429 ? '429' : status >= 500 ? '5xx' : '4xx' };
}

function stamp(text: string): void {
  exec.vu.metrics.metadata['launchstorm'] = text;
}

/** Whole ones; never below zero: two clocks may disagree by a tick. */
function microseconds(ms: number): number {
  return ms > 0 ? Math.floor(ms * 1000) : 0;
}
