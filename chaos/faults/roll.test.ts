import { expect, test } from 'vitest';
import { random } from '../../core/random.ts';
import type { FaultRequest, FaultTarget, Step } from '../fault.ts';
import { roll } from './roll.ts';

const target: FaultTarget = { runId: 'run-1', pods: ['pod-1', 'pod-2', 'pod-3'], podsOwned: true, cache: null };
const request: FaultRequest = { id: 'roll', kind: 'roll', variant: 'one-by-one', atMs: 0, forMs: 10_000, pods: 0, everyMs: null };
const stepsOf = (variant: string): readonly (readonly Step['do'][])[] =>
  roll.steps(roll.aim({ ...request, variant }, target, random(1)), {}).apply.map((steps) => steps.map((step) => step.do));

test('one by one: each pod is stopped only when the one before it serves again', () => {
  expect(roll.aim(request, target, random(1)).strikes.map(({ pods }) => pods)).toEqual([['pod-1'], ['pod-2'], ['pod-3']]);
  expect(stepsOf('one-by-one')).toEqual([['stop-pods'], ['await-replacements', 'stop-pods'], ['await-replacements', 'stop-pods']]);
});

test('all at once: nobody is left to serve, and nobody is waited for', () => {
  expect(roll.aim({ ...request, variant: 'all-at-once' }, target, random(1)).strikes).toEqual([{ afterMs: 0, pods: target.pods }]);
  expect(stepsOf('all-at-once')).toEqual([['stop-pods']]);
});

test('a roll that would not end in time is refused, with the time that it takes', () => {
  expect(roll.check({ ...request, forMs: 3000 }, target)).toEqual([
    { place: 'for', problem: 'the roll takes longer', remedy: 'at least 6s' },
  ]);
  expect(roll.check({ ...request, forMs: 3000, everyMs: 1000 }, target)).toEqual([]);
});
