import { systemClock } from '../machine/system-clock.ts';
import { castOf } from '../simulator/engine/cast.ts';
import type { Engine } from '../simulator/engine/engine.ts';
import { createEngine } from '../simulator/engine/engine-of-crowd.ts';
import { buildPool } from '../simulator/payloads/pool.ts';
import { apiOf } from '../simulator/players/api.ts';
import type { Transport } from '../simulator/transports/transport.ts';
import { crowdOf } from './crowd-of.ts';
import type { Plan } from './plan.ts';

/** Different request bodies in the pool: enough that no cache lives on repetition, few enough to be built in a blink. */
const poolSize = 1000;

/** The plan's crowd, ready to play against a transport. */
export function playersOf(plan: Plan, transport: Transport): Engine {
  const crowd = crowdOf(plan.scenario.crowd, plan.seed);
  const joinMs = Math.min(crowd.joinMs, plan.joinMs);
  const cast = castOf({ ...crowd, joinMs }, buildPool(plan.seed, poolSize), apiOf(plan.scenario.api));
  return createEngine({ clock: systemClock, transport, cast });
}
