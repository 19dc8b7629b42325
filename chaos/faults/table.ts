import type { Fault, FaultKind } from '../fault.ts';
import { nodePressure } from './node-pressure.ts';
import { podKill } from './pod-kill.ts';
import { redisAuth } from './redis-auth.ts';
import { roll } from './roll.ts';

/** Every fault there is, one row each. */
export const faults: { readonly [kind in FaultKind]: Fault } = {
  'pod-kill': podKill,
  roll,
  'node-pressure': nodePressure,
  'redis-auth': redisAuth,
};
