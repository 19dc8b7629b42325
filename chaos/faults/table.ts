import type { Fault, FaultKind } from '../fault.ts';
import { podKill } from './pod-kill.ts';
import { redisAuth } from './redis-auth.ts';

/** Every fault there is, one row each. */
export const faults: { readonly [kind in FaultKind]: Fault } = {
  'pod-kill': podKill,
  'redis-auth': redisAuth,
};
