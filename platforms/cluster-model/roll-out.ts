/**
 * How a Deployment rolls: how many new pods to create and old ones to stop, given how many of each there are and how many are available.
 * Sources: kubernetes/kubernetes, pkg/controller/deployment/rolling.go and util/deployment_util.go (ResolveFenceposts, NewRSNewReplicas).
 */
export type RollStrategy = {
  /** Pods above the desired number: a number, or per cent of it, rounded up. */
  readonly maxSurge: number | `${number}%`;
  /** Pods that may be missing: a number, or per cent of the desired number, rounded down. */
  readonly maxUnavailable: number | `${number}%`;
};

/** What Kubernetes does unless somebody says otherwise. */
export const defaultStrategy: RollStrategy = { maxSurge: '25%', maxUnavailable: '25%' };

/** Somebody wanted the roll to be over quickly: all old pods may be missing at once. */
export const carelessStrategy: RollStrategy = { maxSurge: '25%', maxUnavailable: '100%' };

/** Pods that are being stopped are in none of the numbers: for the Deployment they are gone. */
export type RollState = {
  readonly desired: number;
  readonly oldPods: number;
  readonly oldAvailable: number;
  readonly newPods: number;
  readonly newAvailable: number;
};

export type RollStep = { readonly create: number; readonly stopOld: number };

/** One pass of the controller: first the new ones within the surge, then the old ones as far as enough stay available. */
export function rollStep(state: RollState, strategy: RollStrategy): RollStep {
  const limits = rollLimits(state.desired, strategy);
  const create = clamp(state.desired + limits.surge - state.oldPods - state.newPods, 0, state.desired - state.newPods);
  return { create, stopOld: oldToStop({ ...state, newPods: state.newPods + create }, limits.unavailable) };
}

export function rollLimits(desired: number, { maxSurge, maxUnavailable }: RollStrategy): { surge: number; unavailable: number } {
  const surge = typeof maxSurge === 'number' ? maxSurge : Math.ceil((desired * Number.parseFloat(maxSurge)) / 100);
  const unavailable = typeof maxUnavailable === 'number' ? maxUnavailable : Math.floor((desired * Number.parseFloat(maxUnavailable)) / 100);
  // Neither above nor below would never end.
  return surge === 0 && unavailable === 0 ? { surge, unavailable: 1 } : { surge, unavailable: Math.min(unavailable, desired) };
}

/** Old pods that serve nobody go first; then as many as the available ones exceed what must stay. */
function oldToStop(state: RollState, unavailable: number): number {
  const mustStay = state.desired - unavailable;
  const newUnavailable = state.newPods - state.newAvailable;
  const stopMax = clamp(state.oldPods + state.newPods - mustStay - newUnavailable, 0, state.oldPods);
  const unhealthy = Math.min(stopMax, state.oldPods - state.oldAvailable);
  const healthy = clamp(state.oldAvailable + state.newAvailable - mustStay, 0, state.oldAvailable);
  return unhealthy + Math.min(healthy, stopMax - unhealthy);
}

function clamp(value: number, min: number, max: number): number {
  return Math.min(Math.max(value, min), Math.max(min, max));
}
