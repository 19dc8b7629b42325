import { Counter, type Registry } from 'prom-client';
import { operations, outcomes, refusalClasses } from '../../core/outcome.ts';
import type { StretchFigures } from '../../simulator/measure/figures.ts';
import type { WindowSpan } from '../windows.ts';
import { MergedHistogram } from './merged-histogram.ts';

/** What players did and felt. Everything can be added up over runs, generators and machines: no percentiles, no shares. */
export interface PlayerMetrics {
  /** A stretch of play in which everything has ended. */
  add(slice: StretchFigures, windows: readonly WindowSpan[]): void;
}

/** Between a recovery and the next fault lies no window. */
export const noWindow = 'none';

export function createPlayerMetrics(registry: Registry): PlayerMetrics {
  const addActions = actionMetrics(registry);
  const addChains = chainMetrics(registry);
  const sessions = counter(registry, 'launchstorm_sessions_total', 'Sessions that players have begun.', []);
  return {
    add(slice, windows) {
      const window = windowAt(slice.fromMs, windows);
      addActions(slice, window);
      addChains(slice, window);
      sessions.inc(slice.sessionsBegun);
    },
  };
}

/** By the moment at which players meant to act, as in the report. */
function windowAt(atMs: number, windows: readonly WindowSpan[]): string {
  return windows.findLast(({ fromMs, toMs }) => atMs >= fromMs && atMs < toMs)?.name ?? noWindow;
}

function actionMetrics(registry: Registry): (slice: StretchFigures, window: string) => void {
  const registers = [registry];
  const planned = counter(registry, 'launchstorm_actions_planned_total', 'Actions that players meant to do.', ['operation']);
  const ended = counter(registry, 'launchstorm_actions_total', 'Actions of players by how they ended.', ['operation', 'outcome']);
  const refused = counter(registry, 'launchstorm_actions_refused_total', 'Refused actions by class of status.', ['operation', 'class']);
  const latency = new MergedHistogram({
    name: 'launchstorm_action_latency_seconds',
    help: 'Time from the moment a player meant to act to the end of the answer.',
    labelNames: ['operation', 'window'],
    registers,
  });
  const service = new MergedHistogram({
    name: 'launchstorm_action_service_seconds',
    help: 'Time from the send to the end of the answer.',
    labelNames: ['operation'],
    registers,
  });
  // A series that begins with its first failure hides that failure from rate().
  for (const operation of operations) {
    planned.inc({ operation }, 0);
    for (const outcome of outcomes) ended.inc({ operation, outcome }, 0);
    for (const kind of refusalClasses) refused.inc({ operation, class: kind }, 0);
  }
  return (slice, window) => {
    for (const operation of operations) {
      const figures = slice.operations[operation];
      planned.inc({ operation }, figures.planned);
      for (const outcome of outcomes) ended.inc({ operation, outcome }, figures.outcomes[outcome]);
      for (const kind of refusalClasses) refused.inc({ operation, class: kind }, figures.refusals[kind]);
      latency.add({ operation, window }, figures.latencyUs);
      service.add({ operation }, figures.serviceUs);
    }
  };
}

function chainMetrics(registry: Registry): (slice: StretchFigures, window: string) => void {
  const planned = counter(registry, 'launchstorm_chains_planned_total', 'Chains treasure, spawns, biome map that players began.', []);
  const completed = counter(registry, 'launchstorm_chains_completed_total', 'Chains with an answer to every link.', []);
  const useful = counter(registry, 'launchstorm_chains_useful_total', 'Chains of which every answer was of use.', []);
  const latency = new MergedHistogram({
    name: 'launchstorm_chain_latency_seconds',
    help: 'Time of a useful chain from its first intention to its last answer.',
    labelNames: ['window'],
    registers: [registry],
  });
  return ({ chains }, window) => {
    planned.inc(chains.planned);
    completed.inc(chains.completed);
    useful.inc(chains.useful);
    latency.add({ window }, chains.latencyUs);
  };
}

function counter<Label extends string>(registry: Registry, name: string, help: string, labelNames: readonly Label[]): Counter<Label> {
  return new Counter({ name, help, labelNames: [...labelNames], registers: [registry] });
}
