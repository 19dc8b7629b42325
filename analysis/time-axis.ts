import type { StretchFigures } from '../simulator/measure/figures.ts';
import { addSlice, emptyStretch } from '../simulator/measure/stretch.ts';

/** Where slices begin and end, ascending; milliseconds since that runner's play began. */
export function edgesOf(slices: readonly StretchFigures[]): readonly number[] {
  const edges = new Set(slices.flatMap(({ fromMs, toMs }) => [fromMs, toMs]));
  return [...edges].sort((left, right) => left - right);
}

/** When the last slice ends; 0 where there is none. */
export function endOf(slices: readonly StretchFigures[]): number {
  return slices.at(-1)?.toMs ?? 0;
}

/**
 * The edge that was rounded to `wholeMs`, else `wholeMs` itself. Measurement is cut where something happens, hardly ever on a whole
 * second: where a cut and a whole second round to the same, the cut is meant.
 */
export function edgeAt(wholeMs: number, edges: readonly number[]): number {
  const rounded = edges.filter((edge) => Math.round(edge) === wholeMs);
  return rounded.find((edge) => !isWholeSecond(edge)) ?? rounded[0] ?? wholeMs;
}

/** The first edge inside that is no whole second: where the joining of the players ended. 0 where there is none. */
export function firstCut(edges: readonly number[]): number {
  return edges.slice(1, -1).find((edge) => !isWholeSecond(edge)) ?? 0;
}

function isWholeSecond(ms: number): boolean {
  return ms % 1000 === 0;
}

/**
 * A runner's slices, poured into the cells between `edges` on a time axis that began `offsetMs` before its own. A slice goes as a
 * whole into the cell in which its middle lies: exact where it has the same edges, off by less than a second elsewhere. One
 * stretch for each cell; what lies outside goes into the first or last.
 */
export function pour(slices: readonly StretchFigures[], offsetMs: number, edges: readonly number[]): readonly StretchFigures[] {
  const cells = edges.slice(1).map((toMs, index) => emptyStretch(edges[index] as number, toMs));
  let at = 0;
  for (const slice of slices) {
    const middleMs = (slice.fromMs + slice.toMs) / 2 + offsetMs;
    while (at + 1 < cells.length && (edges[at + 1] as number) <= middleMs) {
      at += 1;
      // Nobody came or went in a cell that no slice falls into.
      (cells[at] as StretchFigures).players = (cells[at - 1] as StretchFigures).players;
    }
    const cell = cells[at];
    if (cell !== undefined) addSlice(cell, slice);
  }
  return cells;
}

/** How many slices lie on both sides of one of these times. */
export function straddling(slices: readonly StretchFigures[], offsetMs: number, timesMs: readonly number[]): number {
  return slices.filter((slice) => timesMs.some((ms) => ms - (slice.fromMs + offsetMs) > 1 && slice.toMs + offsetMs - ms > 1)).length;
}
