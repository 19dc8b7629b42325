import type { Played, Series } from './played.ts';

/** A compaction, and the hit rates of the seconds before it and after it. */
export type Tooth = { readonly atMs: number; readonly before: number; readonly after: number };

/** Reads this far to both sides; a compaction makes the cache miss what it has just evicted. */
const sideMs = 2_500;

/** Where the count of compactions rose, and hit rates are known on both sides. A fall of the count is a restart, and no tooth. */
export function teethOf({ series }: Played): readonly Tooth[] {
  const { compactions = [], hits = [], misses = [] } = series;
  return compactions.flatMap(({ atMs, value }, index) => {
    const { value: earlier = null, atMs: earlierMs = 0 } = compactions[index - 1] ?? {};
    if (value === null || earlier === null || value <= earlier) return [];
    // It happened between two looks: what was counted between them is on neither side.
    const before = hitRate(hits, misses, { fromMs: earlierMs - sideMs, toMs: earlierMs });
    const after = hitRate(hits, misses, { fromMs: atMs, toMs: atMs + sideMs });
    // As players leave, hardly anybody asks any more: that says nothing.
    if (before === null || after === null || after.lookups < before.lookups / 2) return [];
    return [{ atMs, before: before.rate, after: after.rate }];
  });
}

type Span = { fromMs: number; toMs: number };

function hitRate(hits: Series, misses: Series, span: Span): { rate: number; lookups: number } | null {
  const hit = growth(hits, span);
  const missed = growth(misses, span);
  return hit === null || missed === null || hit + missed === 0 ? null : { rate: hit / (hit + missed), lookups: hit + missed };
}

function growth(series: Series, { fromMs, toMs }: Span): number | null {
  const inside = series.filter(({ atMs, value }) => value !== null && atMs >= fromMs && atMs <= toMs);
  const first = inside[0]?.value ?? null;
  const last = inside.at(-1)?.value ?? null;
  return first === null || last === null || inside.length < 2 || last < first ? null : last - first;
}
