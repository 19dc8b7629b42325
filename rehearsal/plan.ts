import type { FaultRequest } from '../chaos/fault.ts';
import { joinedMs } from './crowd-of.ts';
import { milliseconds } from './milliseconds.ts';
import type { CheckedScenario } from './scenario.ts';

/** Everything that is decided before anything starts. Plain data: `plan` prints it, the journal keeps it, `run` follows it. */
export type Plan = {
  runId: string;
  /** Scenario file as the user named it. */
  scenarioPath: string;
  scenario: CheckedScenario;
  seed: number;
  /** The run's own folder, absolute. */
  folder: string;
  /** Until everybody is there who is to be there, ms: what comes before is warm-up. */
  joinMs: number;
  faults: readonly FaultRequest[];
  /** Play after the last fault was put back. */
  settleMs: number;
  /** Expected length of play, if nothing takes longer than planned. */
  totalMs: number;
  guards: readonly PlannedGuard[];
  reproduce: string;
};

export type PlannedGuard = { text: string; of: 'search' | 'spawns' | 'biome' | 'chain'; below: number; forMs: number };

/** The scenario's timeline as requests with ids: the fault's own id, else its kind, then `kind-2`, … */
export function faultRequests(scenario: CheckedScenario): readonly FaultRequest[] {
  const seen = new Map<string, number>();
  return scenario.timeline.map(({ id, at, for: length, fault }) => {
    const nth = (seen.get(fault.kind) ?? 0) + 1;
    seen.set(fault.kind, nth);
    return {
      id: id ?? (nth === 1 ? fault.kind : `${fault.kind}-${nth}`),
      kind: fault.kind,
      variant: fault.variant,
      atMs: milliseconds(at),
      forMs: milliseconds(length),
      pods: fault.kind === 'pod-kill' ? fault.pods : 0,
      everyMs: 'every' in fault && fault.every !== undefined ? milliseconds(fault.every) : null,
    };
  });
}

/** Expected length of play: the last fault's end and the time to settle; without faults, the joining and the time to settle. */
export function plannedMs(scenario: CheckedScenario): number {
  const ends = faultRequests(scenario).map((fault) => fault.atMs + fault.forMs);
  return Math.max(joinedMs(scenario.crowd), ...ends) + milliseconds(scenario.settle);
}

export function plannedGuards(scenario: CheckedScenario): readonly PlannedGuard[] {
  return scenario.guards.map((guard) => ({
    text: `useful share of ${guard.of} below ${guard.below} for ${guard.for}`,
    of: guard.of,
    below: guard.below,
    forMs: milliseconds(guard.for),
  }));
}
