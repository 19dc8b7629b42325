import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type NodeGroup, nodesToAdd } from './autoscaler.ts';

const group: NodeGroup = { allocatableMiB: 6249, nodes: 17, comingNodes: 0, nodesMax: 40 };
const pending = (count: number, requestMiB = 512): number[] => new Array<number>(count).fill(requestMiB);

test('never has more nodes than it may, and never asks for a negative number of them', () => {
  const numbers = fc.integer({ min: 0, max: 60 });
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 1, max: 8000 }), { maxLength: 60 }),
      numbers,
      numbers,
      numbers,
      (requests, nodes, coming, most) => {
        const added = nodesToAdd(requests, { ...group, nodes, comingNodes: coming, nodesMax: most });
        expect(added).toBeGreaterThanOrEqual(0);
        expect(nodes + coming + added).toBeLessThanOrEqual(Math.max(most, nodes + coming));
      },
    ),
  );
});

test('asks for as many nodes as the pending pods fill', () => {
  expect(nodesToAdd(pending(204), group)).toBe(17);
  expect(nodesToAdd(pending(205), group)).toBe(18);
  expect(nodesToAdd([], group)).toBe(0);
});

test('does not ask twice for nodes that are on their way', () => {
  expect(nodesToAdd(pending(204), { ...group, comingNodes: 17 })).toBe(0);
  expect(nodesToAdd(pending(204), { ...group, comingNodes: 16 })).toBe(1);
});

test('asks for nothing where a pod would not fit a new node either', () => {
  expect(nodesToAdd(pending(3, 7000), group)).toBe(0);
});
