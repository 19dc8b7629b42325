import fc from 'fast-check';
import { expect, test } from 'vitest';
import { TimingWheel } from './timing-wheel.ts';

test('takes what is due in the order of time, ties in the order in which they were put down', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 50 }), { maxLength: 200 }), (dues) => {
      const wheel = new TimingWheel();
      for (const [slot, dueMs] of dues.entries()) wheel.add(slot, dueMs);
      const expected = dues.map((dueMs, slot) => ({ dueMs, slot })).sort((one, other) => one.dueMs - other.dueMs || one.slot - other.slot);
      expect(takeAll(wheel, 50)).toEqual(expected.map(({ slot }) => slot));
    }),
  );
});

test('at every moment it says and takes the same as a sorted list, near and far, early and late', () => {
  fc.assert(
    fc.property(fc.array(moves(), { maxLength: 300 }), (steps) => {
      const [wheel, list] = [new TimingWheel(), new SortedList()];
      let nowMs = 0;
      for (const { passMs, delaysMs, removed } of steps) {
        nowMs += passMs;
        expect(takeAll(wheel, nowMs)).toEqual(list.takeAll(nowMs));
        for (const slot of removed) {
          expect(wheel.dueMsOf(slot)).toBe(list.dueMsOf(slot));
          wheel.remove(slot);
          list.remove(slot);
        }
        for (const delayMs of delaysMs) wheel.add(list.add(nowMs + delayMs), nowMs + delayMs);
        expect(wheel.nextDueMs).toBe(list.nextDueMs);
        expect(wheel.size).toBe(list.size);
      }
      expect(takeAll(wheel, Number.MAX_VALUE)).toEqual(list.takeAll(Number.MAX_VALUE));
    }),
    { numRuns: 300 },
  );
});

test('a player who waits from turn to turn is never lost, over the edges of every ring', () => {
  const wheel = new TimingWheel();
  let nowMs = 0;
  for (const stepMs of [1, 1023, 1024, 1025, 2 ** 20 - 1, 2 ** 20, 2 ** 20 + 1, 2 ** 29, 2 ** 30, 2 ** 31]) {
    wheel.add(3, nowMs + stepMs);
    expect(wheel.take(nowMs + stepMs - 0.5)).toBe(-1);
    nowMs += stepMs;
    expect(wheel.take(nowMs)).toBe(3);
  }
});

test('takes nothing before its time, and says when that is', () => {
  const wheel = new TimingWheel();
  expect(wheel.nextDueMs).toBe(Number.POSITIVE_INFINITY);
  wheel.add(7, 12.5);
  expect(wheel.nextDueMs).toBe(12.5);
  expect(wheel.take(12.4)).toBe(-1);
  expect(wheel.take(12.5)).toBe(7);
  expect(wheel.size).toBe(0);
});

test('refuses a time that is none, which would never come, and a slot that is waiting already', () => {
  const wheel = new TimingWheel();
  expect(() => wheel.add(0, Number.NaN)).toThrow(RangeError);
  wheel.add(0, 5000);
  expect(() => wheel.add(0, 1)).toThrow(RangeError);
  expect(wheel.take(5000)).toBe(0);
  wheel.add(0, 5001);
  expect(wheel.size).toBe(1);
});

/** Some time passes, then a few are put down: many in the same millisecond, some days ahead, some overdue; some are taken out. */
function moves() {
  const delayMs = fc.oneof(
    fc.integer({ min: 0, max: 8 }).map((quarters) => quarters / 4),
    fc.double({ min: -50, max: 3000, noNaN: true }),
    fc.double({ min: 0, max: 4_000_000, noNaN: true }),
    fc.double({ min: 0, max: 2 ** 32, noNaN: true }),
  );
  const passMs = fc.oneof(fc.constant(0), fc.double({ min: 0, max: 2000, noNaN: true }), fc.double({ min: 0, max: 2 ** 29, noNaN: true }));
  const removed = fc.array(fc.integer({ min: 0, max: 300 }), { maxLength: 4 });
  return fc.record({ passMs, delaysMs: fc.array(delayMs, { maxLength: 8 }), removed });
}

/** The plain way to do the same. Gives slots away again, as the engine does. */
class SortedList {
  private entries: { slot: number; dueMs: number; order: number }[] = [];
  private order = 0;

  get size(): number {
    return this.entries.length;
  }

  get nextDueMs(): number {
    return this.entries[0]?.dueMs ?? Number.POSITIVE_INFINITY;
  }

  add(dueMs: number): number {
    let slot = 0;
    while (this.entries.some((entry) => entry.slot === slot)) slot += 1;
    this.entries.push({ slot, dueMs, order: this.order++ });
    this.entries.sort((one, other) => one.dueMs - other.dueMs || one.order - other.order);
    return slot;
  }

  dueMsOf(slot: number): number {
    return this.entries.find((entry) => entry.slot === slot)?.dueMs ?? Number.POSITIVE_INFINITY;
  }

  remove(slot: number): void {
    this.entries = this.entries.filter((entry) => entry.slot !== slot);
  }

  takeAll(nowMs: number): readonly number[] {
    const due = this.entries.filter(({ dueMs }) => dueMs <= nowMs);
    this.entries = this.entries.slice(due.length);
    return due.map(({ slot }) => slot);
  }
}

function takeAll(wheel: TimingWheel, nowMs: number): readonly number[] {
  const taken: number[] = [];
  for (let slot = wheel.take(nowMs); slot >= 0; slot = wheel.take(nowMs)) taken.push(slot);
  return taken;
}
