/** Pieces of PromQL, so that no query forgets which processes it is about and how long a rate looks back. */

const chosen = 'job=~"$job",instance=~"$instance"';

/** A metric of the chosen processes; further matchers as PromQL writes them: `outcome="empty"`. */
export function of(metric: string, ...matchers: readonly string[]): string {
  return `${metric}{${[chosen, ...matchers].join(',')}}`;
}

/** How fast a counter rises, per second. */
export function rateOf(counter: string, ...matchers: readonly string[]): string {
  return `rate(${of(counter, ...matchers)}[$__rate_interval])`;
}

export function sumBy(labels: string, promql: string): string {
  return labels === '' ? `sum(${promql})` : `sum by (${labels}) (${promql})`;
}

/** A percentile of a histogram, `share` from 0 to 1, for each value of the labels: buckets are added first, percentiles never averaged. */
export function quantileOf(share: number, histogram: string, labels: string, ...matchers: readonly string[]): string {
  const by = labels === '' ? 'le' : `le, ${labels}`;
  return `histogram_quantile(${share}, ${sumBy(by, rateOf(`${histogram}_bucket`, ...matchers))})`;
}
