import { Counter, type Registry } from 'prom-client';
import { operations, outcomes, refusalClasses } from '../../core/outcome.ts';
import type { StretchFigures } from '../../simulator/measure/figures.ts';
import { addSlice, emptyStretch } from '../../simulator/measure/stretch.ts';
import type { WindowSpan } from '../windows.ts';
import { MergedHistogram } from './merged-histogram.ts';

/** What players did and felt. Everything can be added up over runs, generators and machines: no percentiles, no shares. */
export interface PlayerMetrics {
  /** A stretch of play in which everything has ended. */
  add(slice: StretchFigures, windows: readonly WindowSpan[]): void;
  /** Up to where everything has ended, ms since play began. */
  settledUntilMs(): number;
  /** Publishes what has been added, and with it what should have ended by now and has not. */
  show(hanging: readonly StretchFigures[], windows: readonly WindowSpan[]): void;
}

/** Between a recovery and the next fault lies no window. */
export const noWindow = 'none';

type ByWindow = ReadonlyMap<string, StretchFigures>;

export function createPlayerMetrics(registry: Registry): PlayerMetrics {
  const settled = new Map<string, StretchFigures>();
  let settledUntilMs = 0;
  const publish = [actionMetrics(registry), chainMetrics(registry)];
  const show = (byWindow: ByWindow) => {
    const all = emptyStretch(0, 0);
    for (const stretch of byWindow.values()) addSlice(all, stretch);
    for (const each of publish) each(all, byWindow);
  };
  show(settled);
  return {
    add(slice, windows) {
      addTo(settled, slice, windows);
      settledUntilMs = slice.toMs;
    },
    settledUntilMs: () => settledUntilMs,
    show(hanging, windows) {
      if (hanging.length === 0) return show(settled);
      const both = new Map<string, StretchFigures>();
      for (const [window, stretch] of settled) addSlice(sumIn(both, window), stretch);
      for (const stretch of hanging) addTo(both, stretch, windows);
      show(both);
    },
  };
}

/** By the moment at which players meant to act, as in the report. */
function addTo(sums: Map<string, StretchFigures>, slice: StretchFigures, windows: readonly WindowSpan[]): void {
  const window = windows.findLast(({ fromMs, toMs }) => slice.fromMs >= fromMs && slice.fromMs < toMs);
  addSlice(sumIn(sums, window?.name ?? noWindow), slice);
}

function sumIn(sums: Map<string, StretchFigures>, window: string): StretchFigures {
  const sum = sums.get(window) ?? emptyStretch(0, 0);
  sums.set(window, sum);
  return sum;
}

type Publish = (all: StretchFigures, byWindow: ByWindow) => void;

/** A series is there from the beginning: one that begins with its first failure hides that failure from rate(). */
function actionMetrics(registry: Registry): Publish {
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
  return (all, byWindow) => {
    for (const metric of [planned, ended, refused]) metric.reset();
    for (const metric of [latency, service]) metric.forget();
    for (const operation of operations) {
      const figures = all.operations[operation];
      planned.inc({ operation }, figures.planned);
      for (const outcome of outcomes) ended.inc({ operation, outcome }, figures.outcomes[outcome]);
      for (const kind of refusalClasses) refused.inc({ operation, class: kind }, figures.refusals[kind]);
      service.add({ operation }, figures.serviceUs);
      for (const [window, stretch] of byWindow) latency.add({ operation, window }, stretch.operations[operation].latencyUs);
    }
  };
}

function chainMetrics(registry: Registry): Publish {
  const planned = counter(registry, 'launchstorm_chains_planned_total', 'Chains treasure, spawns, biome map that players began.', []);
  const completed = counter(registry, 'launchstorm_chains_completed_total', 'Chains with an answer to every link.', []);
  const useful = counter(registry, 'launchstorm_chains_useful_total', 'Chains of which every answer was of use.', []);
  const sessions = counter(registry, 'launchstorm_sessions_total', 'Sessions that players have begun.', []);
  const latency = new MergedHistogram({
    name: 'launchstorm_chain_latency_seconds',
    help: 'Time of a useful chain from its first intention to its last answer.',
    labelNames: ['window'],
    registers: [registry],
  });
  return ({ chains, sessionsBegun }, byWindow) => {
    for (const metric of [planned, completed, useful, sessions]) metric.reset();
    latency.forget();
    planned.inc(chains.planned);
    completed.inc(chains.completed);
    useful.inc(chains.useful);
    sessions.inc(sessionsBegun);
    for (const [window, stretch] of byWindow) latency.add({ window }, stretch.chains.latencyUs);
  };
}

function counter<Label extends string>(registry: Registry, name: string, help: string, labelNames: readonly Label[]): Counter<Label> {
  return new Counter({ name, help, labelNames: [...labelNames], registers: [registry] });
}
