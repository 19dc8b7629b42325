import fc from 'fast-check';
import { expect, test } from 'vitest';
import { DueQueue } from './due-queue.ts';

test('entries come out by their time, ties by journey, whatever the order in which they went in and out', () => {
  const entries = fc.array(fc.record({ dueMs: fc.integer({ min: 0, max: 20 }), journey: fc.nat(50) }), { maxLength: 60 });
  fc.assert(
    fc.property(entries, fc.nat(30), (all, takenEarly) => {
      const queue = new DueQueue();
      for (const entry of all) queue.add(entry);
      const early = Array.from({ length: Math.min(takenEarly, all.length) }, () => queue.take());
      for (const entry of early) if (entry !== undefined) queue.add(entry);
      expect(queue.size).toBe(all.length);
      const out = Array.from({ length: all.length }, () => queue.take());
      expect(out).toEqual([...all].sort((one, other) => one.dueMs - other.dueMs || one.journey - other.journey));
      expect(queue.take()).toBe(undefined);
      expect(queue.first).toBe(undefined);
    }),
  );
});
