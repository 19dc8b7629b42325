import type { FaultRequest } from '../chaos/fault.ts';
import type { ArmedFault } from '../chaos/inject.ts';
import type { Clock } from '../core/clock.ts';
import type { Environment, Platform } from '../platforms/platform.ts';
import type { Engine } from '../simulator/engine/engine.ts';
import type { StretchFigures } from '../simulator/measure/figures.ts';
import type { Transport } from '../simulator/transports/transport.ts';
import type { Interrupts } from './interrupts.ts';
import type { RunHeader } from './record.ts';
import type { LiveState } from './report/live.ts';

/** Everything outside that a run touches; swapped as a whole for a simulated one in tests. */
export type World = {
  clock: Clock;
  platform: Platform;
  environment: Environment;
  transport: Transport;
  engine: Engine;
  injector: { arm(request: FaultRequest): Promise<ArmedFault> };
  /** Writes the `run` event, with what a report of a killed run needs. */
  journal: { begin(header: RunHeader): Promise<void>; close(): Promise<void> };
  /** Fires when whoever would restore after our death has died itself. */
  watchdog: { onLost(listener: () => void): void; dismiss(): Promise<void> };
  sink: Sink;
  interrupts: Interrupts;
};

/** Where a run's progress goes: `seconds.ndjson` and the terminal. */
export interface Sink {
  seconds(slices: readonly StretchFigures[]): Promise<void>;
  show(state: LiveState): void;
  line(text: string): void;
}
