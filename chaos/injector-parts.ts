import type { Clock } from '../core/clock.ts';
import type { Problem } from '../core/problem.ts';
import type { FaultTarget, StepRunner } from './fault.ts';
import type { Journal } from './journal.ts';
import type { SecretStore } from './secrets.ts';

/** Everything an injector works with; swapped in tests. */
export type InjectorParts = {
  seed: number;
  clock: Clock;
  runner: StepRunner;
  journal: Journal;
  secrets: SecretStore;
  target(): Promise<FaultTarget>;
  /** Claims targets for this run: the problems where others stand open on them. */
  claimTargets(keys: readonly string[]): Promise<readonly Problem[]>;
  releaseTargets(keys: readonly string[]): Promise<void>;
  /** Does the work while nobody else (watchdog, `recover`) undoes anything of this run; null where somebody else does for too long. */
  alone<T>(work: () => Promise<T>): Promise<T | null>;
};
