import type { Result } from '../../core/result.ts';
import type { Plan } from '../plan.ts';
import type { RunHeader, RunRecord } from '../record.ts';
import type { World } from '../world.ts';
import { readOnlookers } from './onlooker-wishes.ts';

/** Somebody who sees what a run does, and whose trouble is none of the run's. */
export interface Onlooker {
  /** The same world, with the onlooker in it. */
  around(world: World, plan: Plan, header: RunHeader): World;
  /** The run is over: the last word, and everything is closed. Never rejects. */
  end(record: RunRecord): Promise<void>;
}

export const nobody: Onlooker = { around: (world) => world, end: async () => {} };

/**
 * Whoever is to look on: Prometheus where `--metrics` gave a port, Grafana where the environment names one. Opened before anything is
 * started, so that a port which is taken starts nothing; where nobody looks on, nothing of what they need is even loaded.
 */
export async function onlookersOf(
  metricsPort: number | null | undefined,
  environment: { readonly [variable: string]: string | undefined },
): Promise<Result<Onlooker>> {
  const wishes = readOnlookers(metricsPort, environment);
  if (!wishes.ok) return wishes;
  if (wishes.value.metricsPort === null && wishes.value.grafana === null) return { ok: true, value: nobody };
  const { openOnlookers } = await import('./onlookers.ts');
  return openOnlookers(wishes.value);
}
