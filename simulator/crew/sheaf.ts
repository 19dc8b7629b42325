import type { StretchFigures } from '../measure/figures.ts';
import { addBeside, addSlice, emptyStretch } from '../measure/stretch.ts';

/** The settled slices of one process that wait for those of the others. */
export class Sheaf {
  private slices: StretchFigures[] = [];
  private settledMs = 0;

  add(slices: readonly StretchFigures[]): void {
    this.slices.push(...slices);
    this.settledMs = slices.at(-1)?.toMs ?? this.settledMs;
  }

  /** Takes what is settled in all of them: slices from one boundary that all share to the next, everybody's together. */
  static together(sheaves: readonly Sheaf[]): readonly StretchFigures[] {
    const [first, ...others] = sheaves;
    if (first === undefined) return [];
    const untilMs = Math.min(...sheaves.map(({ settledMs }) => settledMs));
    const ends = first.slices.map(({ toMs }) => toMs).filter((toMs) => toMs <= untilMs);
    const shared = ends.filter((toMs) => others.every((other) => other.slices.some((slice) => slice.toMs === toMs)));
    return shared.map((toMs) => {
      const parts = sheaves.map((sheaf) => sheaf.take(toMs));
      const sum = emptyStretch(parts[0]?.fromMs ?? 0, toMs);
      for (const part of parts) addBeside(sum, part);
      return sum;
    });
  }

  /** Everything up to `toMs`, as one slice. */
  private take(toMs: number): StretchFigures {
    const sum = emptyStretch(this.slices[0]?.fromMs ?? 0, toMs);
    while (this.slices[0] !== undefined && this.slices[0].toMs <= toMs) addSlice(sum, this.slices.shift() as StretchFigures);
    return sum;
  }
}
