import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Agenda } from './agenda.ts';

test('takes what is due in the order of time, ties in the order in which they were put down', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 50 }), { maxLength: 200 }), (dues) => {
      const agenda = new Agenda();
      for (const [slot, dueMs] of dues.entries()) agenda.add(slot, dueMs);
      const expected = dues.map((dueMs, slot) => ({ dueMs, slot })).sort((one, other) => one.dueMs - other.dueMs || one.slot - other.slot);
      expect(takeAll(agenda, 50)).toEqual(expected.map(({ slot }) => slot));
    }),
  );
});

test('takes nothing before its time, and says when that is', () => {
  const agenda = new Agenda();
  expect(agenda.nextDueMs).toBe(Number.POSITIVE_INFINITY);
  agenda.add(7, 12.5);
  expect(agenda.nextDueMs).toBe(12.5);
  expect(agenda.take(12.4)).toBe(-1);
  expect(agenda.take(12.5)).toBe(7);
  expect(agenda.size).toBe(0);
});

test('refuses a time that is none: it would never come', () => {
  expect(() => new Agenda().add(0, Number.NaN)).toThrow(RangeError);
});

function takeAll(agenda: Agenda, nowMs: number): readonly number[] {
  const taken: number[] = [];
  for (let slot = agenda.take(nowMs); slot >= 0; slot = agenda.take(nowMs)) taken.push(slot);
  return taken;
}
