import type { Result } from '../core/result.ts';
import { machineLimits } from '../machine/limits.ts';
import { sharedAheadMs } from '../machine/shared-clock.ts';
import { systemClock } from '../machine/system-clock.ts';
import { createCrew, type OwnCrew } from '../simulator/crew/crew.ts';
import { type Muster, muster } from '../simulator/crew/muster.ts';
import type { Part } from '../simulator/crew/orders.ts';
import { startHand } from '../simulator/crew/process-hand.ts';
import type { Way } from '../simulator/crew/way.ts';
import { type Approach, wayTo } from './approach.ts';
import { crowdOf } from './crowd-of.ts';
import type { Plan } from './plan.ts';
import { isOnThisMachine } from './target-reach.ts';

/** Different request bodies in the pool: enough that no cache lives on repetition, few enough to be built in a blink. */
export const poolSize = 1000;

const localPods: Way = { secure: false };

/** Where the players go: to a target that is there already, or to so many pods of our own. */
export type Destination = { approach: Approach | null; pods: number };

/** What the generator needs on this machine, or what is missing here. */
export function musterOf({ scenario }: Plan, { approach, pods }: Destination): Result<Muster> {
  const endpoints = approach === null ? pods : Math.max(1, approach.addresses.length);
  const onLoopback = approach === null || isOnThisMachine(approach.addresses);
  return muster({ ...machineLimits(), players: scenario.crowd.players, endpoints, onLoopback });
}

/**
 * The plan's crowd in processes of its own: whatever the conductor does meanwhile, players start when they are due. The processes
 * load what they need while the bodies are built here, once for all.
 */
export function crewOf(plan: Plan, { approach }: Destination, { processes, playersMaxEach, localAddresses }: Muster): OwnCrew {
  const hands = Array.from({ length: processes }, (_, index) => startHand(index + 1, plan.runId));
  const way = approach === null ? localPods : wayTo(approach);
  const { api: mapping } = plan.scenario;
  const whole = crowdOf(plan.scenario.crowd, plan.seed);
  const crowd = { ...whole, joinMs: Math.min(whole.joinMs, plan.joinMs) };
  const parts = poolOf(plan.seed).then((pool) =>
    hands.map((_, index): Part => {
      const from = localAddresses[index] ?? [];
      const shard = { index, of: processes };
      return { crowd, shard, playersMax: playersMaxEach, pool, mapping, way: { ...way, localAddresses: from } };
    }),
  );
  return createCrew({ clock: systemClock, sharedAheadMs: sharedAheadMs(), hands, parts });
}

/** Loaded when the processes have been started: six languages of names take longer than everything else together. */
async function poolOf(seed: number): Promise<Part['pool']> {
  const { buildPool } = await import('../simulator/payloads/pool.ts');
  return buildPool(seed, poolSize);
}
