import { gridShares, wholeShare } from '../../core/laws/grid.ts';
import { unit } from '../../core/laws/law.ts';
import { tableOf } from './quantiles.ts';
import type { LawRow } from './rows.ts';

/** How far a table is from its law: the largest difference of shares, and where the table ends, in means. */
export type TableError = { shareMax: number; endsAtMeans: number };

const partsOfCell = 16;

export function tableError({ quantile, share, mean }: LawRow): TableError {
  const values = tableOf(quantile).map((value) => (value / unit) * mean);
  let shareMax = 0;
  for (let cell = 0; cell + 1 < values.length; cell++) {
    for (let part = 0; part < partsOfCell; part++) {
      const at = (ends: readonly number[]) => {
        const from = ends[cell] as number;
        return from + (((ends[cell + 1] as number) - from) * part) / partsOfCell;
      };
      shareMax = Math.max(shareMax, Math.abs(share(at(values)) - at(gridShares) / wholeShare));
    }
  }
  return { shareMax, endsAtMeans: (values.at(-1) as number) / mean };
}
