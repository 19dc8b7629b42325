import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { AccountingError, assertBalanced, sentOf } from './accounting.ts';
import type { StretchFigures } from './figures.ts';
import { toJson } from './histogram.ts';
import {
  endChainLost,
  endChainUseful,
  endSent,
  endUnsent,
  noteJoined,
  noteLeft,
  planAction,
  planChain,
  takeChainBack,
} from './recorder.ts';
import { addSlice, emptyStretch } from './stretch.ts';
import { secondsKeptMs, Timeline } from './timeline.ts';

describe('timeline', () => {
  test('an action is counted in the second in which it was meant to begin, however late it ends', () => {
    const timeline = new Timeline();
    const slice = planAction(timeline, 'search', 1999);
    timeline.at(7000);
    endSent(slice, 'search', { outcome: 'ok', status: 200, latencyUs: 5_000_000, serviceUs: 10 });
    expect(timeline.figures(1000, 2000).operations.search.outcomes.ok).toBe(1);
    expect(timeline.figures(2000, 8000).operations.search.planned).toBe(0);
  });

  test('a cut splits a second: what was counted stays on the left, what begins later is on the right', () => {
    const timeline = new Timeline();
    answer(timeline, 3100);
    timeline.cut(3400);
    answer(timeline, 3300);
    answer(timeline, 3400);
    expect(timeline.figures(3000, 3400).operations.search.planned).toBe(2);
    expect(timeline.figures(3400, 4000).operations.search.planned).toBe(1);
  });

  test('a cut ahead of its time is exact, and whoever joins or leaves before it is on both sides of it', () => {
    const timeline = new Timeline();
    noteJoined(timeline, 3100);
    timeline.cut(3400);
    noteJoined(timeline, 3390);
    answer(timeline, 3399.9);
    answer(timeline, 3400);
    noteLeft(timeline, 3410);
    expect(timeline.figures(3000, 3400)).toMatchObject({ players: 2, operations: { search: { planned: 1 } } });
    expect(timeline.figures(3400, 4000)).toMatchObject({ players: 1, operations: { search: { planned: 1 } } });
  });

  test('hands out each slice once, oldest first, and none before everything in it has ended', () => {
    const timeline = new Timeline();
    answer(timeline, 500);
    const open = planAction(timeline, 'biome', 1500);
    answer(timeline, 2500);
    expect(timeline.settled(3000).map(({ fromMs }) => fromMs)).toEqual([0]);
    endUnsent(open, 'biome', 'unreachable');
    expect(timeline.settled(3000).map(({ fromMs }) => fromMs)).toEqual([1000, 2000]);
    expect(timeline.settled(3000)).toEqual([]);
  });

  test('a chain under way keeps its second open', () => {
    const timeline = new Timeline();
    const chain = planChain(timeline, 500);
    expect(timeline.settled(2000)).toEqual([]);
    endChainLost(chain, false);
    expect(timeline.settled(2000)).toHaveLength(2);
  });

  test('refuses an action in a second that was handed out', () => {
    const timeline = new Timeline();
    timeline.settled(5000);
    expect(() => planAction(timeline, 'search', 4999)).toThrow(AccountingError);
  });

  test('refuses to hand out figures that do not add up', () => {
    const timeline = new Timeline();
    const slice = planAction(timeline, 'search', 10);
    slice.operations.search.outcomes.ok += 1;
    expect(() => timeline.figures(0, 1000)).toThrow(AccountingError);
    slice.operations.search.pending -= 1;
    expect(() => timeline.settled(1000)).toThrow(/latencies 0, but 1/);
  });

  test('a chain that play cut short is not counted', () => {
    const timeline = new Timeline();
    takeChainBack(planChain(timeline, 10));
    endChainUseful(planChain(timeline, 20), 700);
    expect(timeline.figures(0, 1000).chains).toMatchObject({ planned: 1, pending: 0, completed: 1, useful: 1 });
  });

  test('knows at the end of every slice how many players there were', () => {
    const timeline = new Timeline();
    noteJoined(timeline, 100);
    noteJoined(timeline, 2100);
    noteLeft(timeline, 2200);
    noteLeft(timeline, 4000);
    const slices = timeline.settled(5000);
    expect(slices.map(({ players }) => players)).toEqual([1, 1, 1, 1, 0]);
    expect(slices.map(({ sessionsBegun }) => sessionsBegun)).toEqual([1, 0, 1, 0, 0]);
  });

  test('the end of play ends the last slice, and all are handed out', () => {
    const timeline = new Timeline();
    answer(timeline, 1500);
    timeline.end(1700);
    expect(timeline.settled(Number.POSITIVE_INFINITY).map(({ fromMs, toMs }) => [fromMs, toMs])).toEqual([
      [0, 1000],
      [1000, 1700],
    ]);
  });

  test('an end on the second leaves nothing behind, unless something began in that instant', () => {
    const quiet = new Timeline();
    quiet.end(2000);
    expect(quiet.settled(Number.POSITIVE_INFINITY)).toHaveLength(2);
    const busy = new Timeline();
    answer(busy, 2000);
    busy.end(2000);
    expect(sum(busy.settled(Number.POSITIVE_INFINITY)).operations.search.planned).toBe(1);
  });

  test('hours of play take a bounded number of slices, and stretches between cuts stay exact', () => {
    const timeline = new Timeline();
    const cuts = [0, 3_500_250, 5_000_000];
    for (let ms = 0; ms < 7_200_000; ms += 250) {
      if (cuts.includes(ms)) timeline.cut(ms);
      answer(timeline, ms);
      if (ms % 10_000 === 0) timeline.settled(ms);
    }
    expect(timeline.length).toBeLessThan(secondsKeptMs / 1000 + 30);
    expect(timeline.figures(0, 3_500_250).operations.search.planned).toBe(14_001);
    expect(timeline.figures(3_500_250, 5_000_000).operations.search.planned).toBe(5999);
    expect(timeline.figures(7_190_000, 7_191_000).operations.search.planned).toBe(4);
    expect(() => timeline.figures(1000, 2000)).toThrow(RangeError);
  });

  test('whatever happens in whatever order, the slices handed out add up to the whole', () => {
    const step = fc.record({
      afterMs: fc.integer({ min: 0, max: 900 }),
      what: fc.constantFrom('ok', 'drop', 'hold', 'release', 'cut', 'settle'),
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 120 }), (steps) => {
        const timeline = new Timeline();
        const held: (() => void)[] = [];
        const handedOut: StretchFigures[] = [];
        let nowMs = 0;
        for (const { afterMs, what } of steps) {
          nowMs += afterMs;
          const slice = what === 'ok' || what === 'drop' || what === 'hold' ? planAction(timeline, 'spawns', nowMs) : null;
          if (what === 'ok') endSent(slice!, 'spawns', { outcome: 'refused', status: 503, latencyUs: nowMs, serviceUs: 1 });
          if (what === 'drop') endUnsent(slice!, 'spawns', 'dropped');
          if (what === 'hold') held.push(() => endSent(slice!, 'spawns', { outcome: 'unknown', status: 0, latencyUs: 9, serviceUs: 9 }));
          if (what === 'release') held.shift()?.();
          if (what === 'cut') timeline.cut(nowMs);
          if (what === 'settle') handedOut.push(...timeline.settled(nowMs));
        }
        for (const release of held) release();
        timeline.end(nowMs);
        const whole = timeline.figures(0, nowMs + 1);
        handedOut.push(...timeline.settled(Number.POSITIVE_INFINITY));
        const added = sum(handedOut);
        assertBalanced(added);
        expect(added.operations.spawns.outcomes).toEqual(whole.operations.spawns.outcomes);
        expect(toJson(added.operations.spawns.latencyUs)).toEqual(toJson(whole.operations.spawns.latencyUs));
        const wanted = steps.filter(({ what }) => what === 'ok' || what === 'hold').length;
        expect(sentOf(added.operations.spawns)).toBe(wanted);
      }),
    );
  });
});

function answer(timeline: Timeline, intendedMs: number): void {
  endSent(planAction(timeline, 'search', intendedMs), 'search', { outcome: 'ok', status: 200, latencyUs: 1000, serviceUs: 900 });
}

function sum(slices: readonly StretchFigures[]): StretchFigures {
  const whole = emptyStretch(0, 0);
  for (const slice of slices) addSlice(whole, slice);
  return whole;
}
