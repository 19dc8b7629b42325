import fc from 'fast-check';
import { expect, test } from 'vitest';
import { carelessStrategy, defaultStrategy, type RollState, type RollStrategy, rollLimits, rollStep } from './roll-out.ts';

const percentOrCount = fc.oneof(
  fc.integer({ min: 0, max: 300 }),
  fc.integer({ min: 0, max: 100 }).map((percent) => `${percent}%` as const),
);
const strategies: fc.Arbitrary<RollStrategy> = fc.record({ maxSurge: percentOrCount, maxUnavailable: percentOrCount });

/** Rolls to the end; at each pass up to `readied` new pods become available. */
function roll(desired: number, strategy: RollStrategy, readied: number): RollState[] {
  let state: RollState = { desired, oldPods: desired, oldAvailable: desired, newPods: 0, newAvailable: 0 };
  const states = [state];
  while (states.length < 2000 && (state.oldPods > 0 || state.newAvailable < desired)) {
    const { create, stopOld } = rollStep(state, strategy);
    const newPods = state.newPods + create;
    state = {
      desired,
      oldPods: state.oldPods - stopOld,
      oldAvailable: Math.min(state.oldAvailable, state.oldPods - stopOld),
      newPods,
      newAvailable: Math.min(newPods, state.newAvailable + readied),
    };
    states.push(state);
  }
  return states;
}

test('never has more pods than the surge allows, never fewer available ones than it promises, and always ends', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 204 }), strategies, fc.integer({ min: 1, max: 50 }), (desired, strategy, readied) => {
      const limits = rollLimits(desired, strategy);
      const states = roll(desired, strategy, readied);
      for (const { oldPods, newPods, oldAvailable, newAvailable } of states) {
        expect(oldPods + newPods).toBeLessThanOrEqual(desired + limits.surge);
        expect(oldAvailable + newAvailable).toBeGreaterThanOrEqual(desired - limits.unavailable);
      }
      expect(states.at(-1)).toMatchObject({ oldPods: 0, newAvailable: desired });
    }),
  );
});

test('with the careless values all old pods are stopped at once; with the usual ones a quarter of them', () => {
  const steady: RollState = { desired: 6, oldPods: 6, oldAvailable: 6, newPods: 0, newAvailable: 0 };
  expect(rollStep(steady, carelessStrategy).stopOld).toBe(6);
  expect(rollStep(steady, defaultStrategy)).toEqual({ create: 2, stopOld: 1 });
});

test('per cent are rounded up for the surge and down for what may be missing, and both can not be 0', () => {
  expect(rollLimits(6, defaultStrategy)).toEqual({ surge: 2, unavailable: 1 });
  expect(rollLimits(6, { maxSurge: 0, maxUnavailable: '10%' })).toEqual({ surge: 0, unavailable: 1 });
});
