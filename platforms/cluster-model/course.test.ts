import fc from 'fast-check';
import { expect, test } from 'vitest';
import { courseOf } from './course.ts';
import { figuresOf } from './figures.ts';
import { bandaid, inputsWith } from './inputs.ts';
import { carelessStrategy, defaultStrategy } from './roll-out.ts';

const small = inputsWith({ nodes: 3, nodesMax: 7, pods: 36, steadySeconds: 300 });
const seeds = fc.integer({ min: 0, max: 4_294_967_295 });

test('the same seed is the same course, another seed another one', () => {
  const course = (seed: number) => courseOf(seed, small, bandaid, carelessStrategy);
  expect(course(7)).toEqual(course(7));
  expect(course(8).seconds).not.toEqual(course(7).seconds);
});

test('never more nodes than the autoscaler may have, and never more ready pods than pods', () => {
  fc.assert(
    fc.property(seeds, fc.constantFrom(carelessStrategy, defaultStrategy), (seed, strategy) => {
      for (const second of courseOf(seed, small, bandaid, strategy).seconds) {
        expect(second.nodes).toBeLessThanOrEqual(small.nodesMax);
        expect(second.ready).toBeLessThanOrEqual(small.pods + 9);
      }
    }),
    { numRuns: 10 },
  );
});

test('the band-aid drops every request for a while, calls for nodes and evicts pods, whatever the seed', () => {
  fc.assert(
    fc.property(seeds, (seed) => {
      const figures = figuresOf(courseOf(seed, inputsWith(), bandaid, carelessStrategy));
      expect(figures.restartShareAfter).toBeGreaterThan(2 * figures.restartShareBefore);
      expect(figures.evictedAfter).toBeGreaterThan(0);
      expect(figures.secondsWithoutReadyPod).toBeGreaterThan(0);
      expect(figures.nodesAdded).toBeGreaterThan(0);
      expect(figures.overcommitMiBPerPod).toBeGreaterThan(0);
    }),
    { numRuns: 5 },
  );
});

test('with requests as high as limits nobody is evicted: it is the unchanged requests that do it', () => {
  const figures = figuresOf(courseOf(7, inputsWith(), { limitTimes: 2, requests: 'as limits' }, carelessStrategy));
  expect(figures.evictedAfter).toBe(0);
  expect(figures.overcommitMiBPerPod).toBeLessThanOrEqual(0);
});

test('with the usual values of a roll some pod is always ready: it is maxUnavailable 100 % that does it', () => {
  expect(figuresOf(courseOf(7, inputsWith(), bandaid, defaultStrategy)).secondsWithoutReadyPod).toBe(0);
});

test('pods that grow no further than their requests are left alone', () => {
  const modest = inputsWith({ useMeanPerMille: 300, useDeviationPerMille: 20 });
  expect(figuresOf(courseOf(7, modest, bandaid, defaultStrategy))).toMatchObject({ restartShareBefore: 0, restartShareAfter: 0 });
});
