import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type BookLimits, type RecentSearch, SessionBook } from './session-book.ts';

const wide: BookLimits = { sessionsMax: 100, searchesMax: 20, bytesMax: null };

function search(requestId: string, changes: Partial<RecentSearch> = {}): RecentSearch {
  return { requestId, atMs: 0, body: {}, bytes: 500, answer: null, ...changes };
}

describe('a session', () => {
  test('knows a request that it has seen, and only its own', () => {
    const book = new SessionBook(wide);
    expect(book.note('a', search('r-1')).earlier).toBeNull();
    expect(book.note('b', search('r-1')).earlier).toBeNull();
    expect(book.note('a', search('r-1')).earlier).toMatchObject({ bytes: 500 });
  });

  test('is told to be rapid once per burst, with its recent searches', () => {
    const book = new SessionBook(wide);
    const rapid = (count: number, everyMs: number, fromMs: number): number[] =>
      Array.from(
        { length: count },
        (_, n) => book.note('a', search(`r-${fromMs}-${n}`, { atMs: fromMs + n * everyMs })).rapid?.length ?? 0,
      );
    expect(rapid(30, 1_000, 0)).toEqual(Array(30).fill(0));
    expect(rapid(30, 10, 40_000).filter((length) => length > 0)).toHaveLength(1);
    expect(rapid(20, 1_000, 50_000).some((length) => length > 0)).toBe(false);
    expect(rapid(30, 10, 90_000).filter((length) => length > 0)).toHaveLength(1);
  });
});

describe('the book', () => {
  test('forgets the session that was heard of longest ago', () => {
    const book = new SessionBook({ ...wide, sessionsMax: 2 });
    for (const session of ['a', 'b', 'a', 'c']) book.note(session, search('r'));
    expect(book.note('a', search('r')).earlier).toMatchObject({ bytes: 500 });
    expect(book.note('b', search('r')).earlier).toBeNull();
  });

  test('never holds more than its limits, and its count of bytes is that of what it holds', () => {
    const anyNote = fc.record({ session: fc.nat(8), bytes: fc.nat(2_000) });
    const anyLimits = fc.record({
      sessionsMax: fc.nat(5),
      searchesMax: fc.integer({ min: 1, max: 4 }),
      bytesMax: fc.option(fc.nat(9_000)),
    });
    fc.assert(
      fc.property(anyLimits, fc.array(anyNote, { maxLength: 60 }), (limits, notes) => {
        const book = new SessionBook(limits);
        for (const [n, { session, bytes }] of notes.entries()) {
          book.note(`s-${session}`, search(`r-${n}`, { bytes }));
          expect(book.size).toBeLessThanOrEqual(limits.sessionsMax);
          expect(book.bytes).toBeLessThanOrEqual(limits.bytesMax ?? Number.POSITIVE_INFINITY);
        }
        if (book.size === 0) expect(book.bytes).toBe(0);
      }),
    );
  });

  test('bounded by numbers alone it grows with the bodies: what small tests never see', () => {
    const book = new SessionBook({ sessionsMax: 10, searchesMax: 20, bytesMax: null });
    const play = (bytes: number): number => {
      for (let n = 0; n < 1_000; n += 1) book.note(`s-${n % 10}`, search(`r-${n}`, { bytes }));
      return book.bytes;
    };
    expect([play(120), play(1_500)]).toEqual([10 * 20 * 120, 10 * 20 * 1_500]);
  });
});
