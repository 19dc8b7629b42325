import { describe, expect, test } from 'vitest';
import type { StretchFigures } from '../simulator/measure/figures.ts';
import { emptyStretch } from '../simulator/measure/stretch.ts';
import { edgeAt, firstCut, pour, straddling } from './time-axis.ts';

describe('an edge that was rounded', () => {
  test('is found again, whichever way it was rounded', () => {
    expect([edgeAt(8001, [8000, 8000.63, 9000]), edgeAt(8000, [7000, 8000.37, 9000])]).toEqual([8000.63, 8000.37]);
  });

  test('is the cut and not the whole second, where both round to the same', () => {
    expect(edgeAt(8000, [7000, 7999.8, 8000, 9000])).toBe(7999.8);
    expect(edgeAt(8000, [7000, 8000, 9000])).toBe(8000);
  });

  test('stays what it was where the seconds have none there', () => {
    expect(edgeAt(8500, [8000, 9000])).toBe(8500);
  });

  test('is where players had joined, when nothing else cut the seconds', () => {
    expect([firstCut([0, 1000, 2000, 2000.4, 3000, 3500.2]), firstCut([0, 1000, 1500.2])]).toEqual([2000.4, 0]);
  });
});

describe('slices on another time axis', () => {
  const edges = [0, 1000, 2000, 2600.5, 3000];

  test('with the same edges stay where they are', () => {
    expect(sessions(pour([slice(0, 1000, 1), slice(1000, 2000, 2), slice(2000, 2600.5, 3), slice(2600.5, 3000, 4)], 0, edges))).toEqual([
      1, 2, 3, 4,
    ]);
  });

  test('go where their middle lies', () => {
    expect(sessions(pour([slice(0, 1000, 1), slice(1000, 2000, 2)], 400, edges))).toEqual([1, 2, 0, 0]);
    expect(sessions(pour([slice(0, 1000, 1), slice(1000, 2000, 2)], 1000, edges))).toEqual([0, 1, 2, 0]);
    expect(sessions(pour([slice(0, 1000, 1), slice(1000, 2000, 2)], 1200, edges))).toEqual([0, 1, 0, 2]);
  });

  test('are not lost before the beginning or after the end', () => {
    expect(sessions(pour([slice(0, 1000, 1), slice(1000, 2000, 2), slice(5000, 6000, 4)], -900, edges))).toEqual([3, 0, 0, 4]);
  });

  test('leave their players in a cell that none of them falls into, and nobody after the last', () => {
    const cells = pour(
      [
        { ...slice(0, 1000, 0), players: 5 },
        { ...slice(1000, 2000, 0), players: 7 },
      ],
      1200,
      edges,
    );
    expect(cells.map(({ players }) => players)).toEqual([0, 5, 5, 7]);
    expect(pour([{ ...slice(0, 1000, 0), players: 5 }], 0, edges).map(({ players }) => players)).toEqual([5, 0, 0, 0]);
  });

  test('that lie on both sides of a time are counted, those that touch it are not', () => {
    expect(straddling([slice(0, 1000, 0), slice(1000, 2000, 0)], 300, [300, 800, 1300.4])).toBe(1);
  });
});

function slice(fromMs: number, toMs: number, sessionsBegun: number): StretchFigures {
  return { ...emptyStretch(fromMs, toMs), sessionsBegun };
}

function sessions(cells: readonly StretchFigures[]): readonly number[] {
  return cells.map((cell) => cell.sessionsBegun);
}
