/** How unevenly searches spread over the land. */
export type Popularity = {
  searches: number;
  /** Cells in which anybody searched at all. */
  cells: number;
  /** Shares of all searches, the most searched cell first; the first twenty. */
  hottest: readonly number[];
  /** Share of the searches in the top 1 % and 5 % of the cells that were searched at all. */
  topOnePercent: number;
  topFivePercent: number;
  /** Exponent of the Zipf law over the first ranks that is likeliest to have made these counts; null where there are too few. */
  zipfExponent: number | null;
  zipfRanks: number;
};

/** Ranks that the exponent is fitted to: beyond them a count is mostly chance. */
const ranksMax = 200;
const countMin = 10;
const ranksMin = 10;

export function popularityOf(cells: Int32Array): Popularity {
  const counts = cells
    .filter((count) => count > 0)
    .sort()
    .reverse();
  const searches = counts.reduce((total, count) => total + count, 0);
  const share = (first: number) =>
    searches === 0 ? 0 : counts.slice(0, Math.ceil(first)).reduce((total, count) => total + count, 0) / searches;
  const fitted = counts.slice(0, ranksMax).filter((count) => count >= countMin);
  return {
    searches,
    cells: counts.length,
    hottest: Array.from(counts.slice(0, 20), (count) => count / searches),
    topOnePercent: share(counts.length / 100),
    topFivePercent: share(counts.length / 20),
    zipfExponent: fitted.length < ranksMin ? null : zipfExponent(fitted),
    zipfRanks: fitted.length,
  };
}

/** Maximum likelihood by bisection: the mean logarithm of the rank that a law with exponent s has falls as s grows. */
export function zipfExponent(counts: Int32Array): number {
  const logs = Array.from(counts, (_, index) => Math.log(index + 1));
  const total = counts.reduce((sum, count) => sum + count, 0);
  const observed = counts.reduce((sum, count, index) => sum + count * (logs[index] as number), 0) / total;
  let low = 0;
  let high = 4;
  for (let halving = 0; halving < 40; halving++) {
    const middle = (low + high) / 2;
    if (meanLog(logs, middle) > observed) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

function meanLog(logs: readonly number[], exponent: number): number {
  const weights = logs.map((log) => Math.exp(-exponent * log));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return weights.reduce((sum, weight, index) => sum + weight * (logs[index] as number), 0) / total;
}
