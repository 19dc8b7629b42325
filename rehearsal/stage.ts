import type { FaultRequest } from '../chaos/fault.ts';
import type { ArmedFault } from '../chaos/inject.ts';
import type { Engine } from '../simulator/engine/engine.ts';
import type { StretchFigures } from '../simulator/measure/figures.ts';
import type { Interrupts } from './interrupts.ts';
import type { Plan } from './plan.ts';
import type { FaultRecord, RunHeader, RunRecord } from './record.ts';
import type { World } from './world.ts';

/** What the scenes of one run share: the plan, the world, what is open and what has been written down so far. */
export type Stage = {
  plan: Plan;
  world: World;
  engine: Engine;
  interrupts: Interrupts;
  record: Draft;
  open: Map<FaultRecord, ArmedFault>;
  unsteady: string[];
  phase: string;
  enter(phase: string): void;
  openFault(request: FaultRequest, armed: ArmedFault): FaultRecord;
  firstAppliedAtMs(): number;
};

/** The record while it is being written. */
export type Draft = Omit<RunRecord, 'slices' | 'faults' | 'podsReadyAt' | 'unsteady' | 'doubts' | 'notes'> & {
  slices: StretchFigures[];
  faults: FaultRecord[];
  podsReadyAt: { atMs: number; ready: number }[];
  unsteady: string[];
  doubts: string[];
  notes: string[];
};

export function openStage(plan: Plan, header: RunHeader, world: World): Stage {
  const record = emptyDraft(header);
  const stage: Stage = {
    plan,
    world,
    engine: world.engine,
    interrupts: world.interrupts,
    record,
    open: new Map(),
    unsteady: record.unsteady,
    phase: '',
    enter(phase) {
      stage.phase = phase;
      world.sink.line(phase);
    },
    openFault(request, armed) {
      const fault = openedFault(request, armed, world.engine.nowMs());
      record.faults.push(fault);
      stage.open.set(fault, armed);
      return fault;
    },
    firstAppliedAtMs: () => record.faults.find((fault) => fault.appliedAtMs !== null)?.appliedAtMs ?? world.engine.nowMs(),
  };
  return stage;
}

function emptyDraft(header: RunHeader): Draft {
  return {
    header: { ...header },
    durationMs: 0,
    joinedAtMs: 0,
    slices: [],
    podsReadyAt: [],
    faults: [],
    pods: [],
    telemetry: null,
    telemetryAtJoin: null,
    generator: null,
    sessions: 0,
    examples: [],
    interruption: null,
    unsteady: [],
    doubts: [],
    notes: [],
  };
}

function openedFault(request: FaultRequest, armed: ArmedFault, armedAtMs: number): FaultRecord {
  return {
    id: request.id,
    kind: request.kind,
    variant: request.variant,
    target: armed.aim.target,
    armedAtMs,
    appliedAtMs: null,
    undoneAtMs: null,
    recoveredAtMs: null,
    bite: { proven: false, evidence: [] },
    restore: 'open',
    restoreProblem: null,
  };
}
