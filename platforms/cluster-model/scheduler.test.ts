import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fits, leastAllocatedScore, type NodeRoom, nodeFor } from './scheduler.ts';

const room = (name: string, allocatableMiB: number, requestedMiB: number): NodeRoom => ({ name, allocatableMiB, requestedMiB });
const rooms = fc
  .array(fc.tuple(fc.integer({ min: 1, max: 10_000 }), fc.integer({ min: 0, max: 10_000 })), { maxLength: 20 })
  .map((all) => all.map(([allocatable, requested], index) => room(`node-${index}`, allocatable, Math.min(requested, allocatable))));
const request = fc.integer({ min: 1, max: 4000 });

test('never places a pod over what a node can allocate, and leaves it pending only where it fits nowhere', () => {
  fc.assert(
    fc.property(rooms, request, (nodes, requestMiB) => {
      const name = nodeFor(requestMiB, nodes);
      const chosen = nodes.find((node) => node.name === name);
      if (chosen === undefined) expect(nodes.some((node) => fits(requestMiB, node))).toBe(false);
      else expect(chosen.requestedMiB + requestMiB).toBeLessThanOrEqual(chosen.allocatableMiB);
    }),
  );
});

test('takes a node with the best score, whatever the order in which nodes are listed', () => {
  fc.assert(
    fc.property(rooms, request, (nodes, requestMiB) => {
      const name = nodeFor(requestMiB, nodes);
      expect(nodeFor(requestMiB, [...nodes].reverse())).toBe(name);
      const scores = nodes.filter((node) => fits(requestMiB, node)).map((node) => leastAllocatedScore(requestMiB, node));
      const chosen = nodes.find((node) => node.name === name);
      if (chosen !== undefined) expect(leastAllocatedScore(requestMiB, chosen)).toBe(Math.max(...scores));
    }),
  );
});

test('spreads: the emptier of two nodes, and of equal ones the first by name', () => {
  expect(nodeFor(512, [room('b', 6249, 1024), room('a', 6249, 2048)])).toBe('b');
  expect(nodeFor(512, [room('b', 6249, 1024), room('a', 6249, 1024)])).toBe('a');
});
