import type { FaultRequest } from '../chaos/fault.ts';
import type { ArmedFault } from '../chaos/inject.ts';
import type { Clock } from '../core/clock.ts';
import type { Environment, Platform, PodEndpoint } from '../platforms/platform.ts';
import type { Engine } from '../simulator/engine/engine.ts';
import type { StretchFigures } from '../simulator/measure/figures.ts';
import type { Interrupts } from './interrupts.ts';
import type { RunHeader } from './record.ts';
import type { LiveState } from './report/live.ts';
import type { WindowSpan } from './windows.ts';

/** Everything outside that a run touches; swapped as a whole for a simulated one in tests. */
export type World = {
  clock: Clock;
  platform: Platform;
  /** What to bring up; null where the target is there already. */
  environment: Environment | null;
  /** Where new connections of players go. */
  route: (endpoints: readonly PodEndpoint[]) => void;
  /** Closes every connection of the players. */
  disconnect: () => Promise<void>;
  engine: Engine;
  /** Null where nothing is to be broken. */
  injector: { arm(request: FaultRequest): Promise<ArmedFault> } | null;
  /** Writes the `run` event, with what a report of a killed run needs. */
  journal: { begin(header: RunHeader): Promise<void>; close(): Promise<void> };
  /** Fires when whoever would restore after our death has died itself. */
  watchdog: { onLost(listener: () => void): void; dismiss(): Promise<void> };
  sink: Sink;
  interrupts: Interrupts;
};

/** Where a run's progress goes: `seconds.ndjson`, the terminal, whoever else looks on. `windows`: as far as they are known by then. */
export interface Sink {
  seconds(slices: readonly StretchFigures[], windows: readonly WindowSpan[]): Promise<void>;
  show(state: LiveState, windows: readonly WindowSpan[]): void;
  line(text: string): void;
}
