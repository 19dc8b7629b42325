import type { Clock } from '../core/clock.ts';
import { diskTrouble } from '../machine/disk.ts';
import type { Interruption } from './record.ts';

/** Thrown out of a wait when the run is to end early; carries nothing, `interrupts.reason()` says why. */
export class Interrupted extends Error {
  constructor() {
    super('the run was interrupted');
    this.name = 'Interrupted';
  }
}

/**
 * One place where a run learns that it is to end early. The first reason stays; waits end at once by throwing, so that the way
 * out is the same `finally` for every reason.
 */
export interface Interrupts {
  raise(interruption: Interruption): void;
  reason(): Interruption | null;
  /** Resolves at `nowMs() + delayMs`, or throws Interrupted. */
  pause(delayMs: number): Promise<void>;
  /** The promise's own result, or throws Interrupted as soon as there is a reason. */
  race<T>(work: Promise<T>): Promise<T>;
}

export function createInterrupts(clock: Clock): Interrupts {
  let reason: Interruption | null = null;
  let wake: () => void = () => {};
  const raised = new Promise<void>((resolve) => {
    wake = resolve;
  });
  const failWhenRaised = raised.then((): never => {
    throw new Interrupted();
  });
  failWhenRaised.catch(() => {});
  return {
    raise(interruption) {
      if (reason !== null) return;
      reason = interruption;
      wake();
    },
    reason: () => reason,
    async pause(delayMs) {
      if (reason !== null) throw new Interrupted();
      let cancel = () => {};
      const elapsed = new Promise<void>((resolve) => {
        cancel = clock.after(Math.max(0, delayMs), resolve);
      });
      await Promise.race([elapsed, failWhenRaised]).finally(cancel);
    },
    async race(work) {
      if (reason !== null) {
        work.catch(() => {});
        throw new Interrupted();
      }
      return Promise.race([work, failWhenRaised]);
    },
  };
}

export function toolFault(error: unknown): Interruption {
  return { kind: 'tool-fault', message: diskTrouble(error) ?? (error instanceof Error ? error.message : String(error)) };
}
