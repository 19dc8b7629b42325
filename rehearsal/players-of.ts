import { systemClock } from '../machine/system-clock.ts';
import { castOf } from '../simulator/engine/cast.ts';
import type { Engine } from '../simulator/engine/engine.ts';
import { createEngine } from '../simulator/engine/engine-of-crowd.ts';
import { buildPool } from '../simulator/payloads/pool.ts';
import type { Transport } from '../simulator/transports/transport.ts';
import type { Plan } from './plan.ts';

/** Different request bodies in the pool: enough that no cache lives on repetition, few enough to be built in a blink. */
const poolSize = 1000;

/** The plan's crowd, ready to play against a transport. */
export function playersOf(plan: Plan, transport: Transport): Engine {
  const { crowd: asked, api } = plan.scenario;
  const crowd = { seed: plan.seed, players: asked.players, mix: asked.mix, joinMs: plan.joinMs };
  return createEngine({ clock: systemClock, transport, cast: castOf(crowd, { pool: buildPool(plan.seed, poolSize), mapping: api }) });
}
