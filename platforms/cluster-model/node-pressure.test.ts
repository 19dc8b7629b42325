import fc from 'fast-check';
import { expect, test } from 'vitest';
import { availableMiB, evictionOrder, kernelVictim, type NodeMemory, type PodUse, podToEvict } from './node-pressure.ts';

const pod = (name: string, usedMiB: number, requestMiB: number, priority = 0): PodUse => ({ name, usedMiB, requestMiB, priority });
const names = (pods: readonly PodUse[]): string => pods.map(({ name }) => name).join(' ');
const node: NodeMemory = { capacityMiB: 8192, systemUsedMiB: 700, evictBelowMiB: 100 };

const pods = fc
  .array(fc.tuple(fc.integer({ min: 0, max: 2000 }), fc.integer({ min: 0, max: 1000 }), fc.integer({ min: -1, max: 1 })), { maxLength: 20 })
  .map((all) => all.map(([used, requested, priority], index) => pod(`pod-${index}`, used, requested, priority)));

test('evicts in the documented order: use above request, then priority, then amount above request', () => {
  const modest = pod('modest', 100, 512);
  const important = pod('important', 1000, 512, 10);
  const greedy = pod('greedy', 900, 512);
  const slightlyGreedy = pod('slightly-greedy', 600, 512);
  expect(names(evictionOrder([modest, important, slightlyGreedy, greedy]))).toBe('greedy slightly-greedy important modest');
});

test('that order holds for any pods, in whatever order they are listed', () => {
  fc.assert(
    fc.property(pods, (all) => {
      const order = evictionOrder(all);
      expect(names(evictionOrder([...all].reverse()))).toBe(names(order));
      order.slice(1).forEach((later, index) => {
        const earlier = order[index] as PodUse;
        const over = [earlier, later].map(({ usedMiB, requestMiB }) => usedMiB - requestMiB) as [number, number];
        if (over[1] > 0) expect(over[0]).toBeGreaterThan(0);
        if (over[0] > 0 === over[1] > 0) expect(earlier.priority).toBeLessThanOrEqual(later.priority);
        if (over[0] > 0 === over[1] > 0 && earlier.priority === later.priority) expect(over[0]).toBeGreaterThanOrEqual(over[1]);
      });
    }),
  );
});

test('evicts nobody while there is memory, and somebody as soon as there is not', () => {
  fc.assert(
    fc.property(pods, (all) => {
      const victim = podToEvict(node, all);
      expect(victim === null).toBe(availableMiB(node, all) >= node.evictBelowMiB);
    }),
  );
});

test('the kernel kills only where nothing is left, and then who uses most of equal requests', () => {
  const twelve = Array.from({ length: 12 }, (_, index) => pod(`pod-${index}`, 580 + 10 * index, 512));
  expect(kernelVictim(node, twelve)?.name).toBe('pod-11');
  expect(kernelVictim(node, twelve.slice(0, 11))).toBeNull();
});
