import { Histogram, type HistogramConfiguration } from 'prom-client';
import type { Histogram as Figures } from '../../simulator/measure/histogram.ts';
import { addTo, boundsSeconds, emptyTally, type Tally } from './buckets.ts';

type Labels<Name extends string> = { readonly [name in Name]: string };
type Options<Name extends string> = Pick<HistogramConfiguration<Name>, 'name' | 'help' | 'labelNames' | 'registers'>;

/** A histogram that is fed with whole histograms, once a second, instead of value by value: players do not wait for it. */
export class MergedHistogram<Name extends string = string> extends Histogram<Name> {
  private readonly tallies = new Map<string, { labels: Labels<Name>; tally: Tally }>();
  private readonly title: { name: string; help: string };

  constructor(options: Options<Name>) {
    super({ ...options, buckets: [...boundsSeconds] });
    this.title = { name: options.name, help: options.help };
  }

  add(labels: Labels<Name>, figures: Figures): void {
    const key = JSON.stringify(labels);
    const known = this.tallies.get(key) ?? { labels, tally: emptyTally() };
    this.tallies.set(key, known);
    addTo(known.tally, figures);
  }

  /** Forgets everything: for figures that come as sums since the start. */
  forget(): void {
    this.tallies.clear();
  }

  override async get() {
    const values = [...this.tallies.values()].flatMap(({ labels, tally }) => this.series(labels, tally));
    const aggregator = 'sum' as const;
    return { ...this.title, type: 'histogram' as never, aggregator, collect: () => {}, values };
  }

  /** What the registry asks for where it is there. */
  getForPromString() {
    return this.get();
  }

  private series(labels: Labels<Name>, { buckets, count, sumSeconds }: Tally) {
    const { name } = this.title;
    const sample = (suffix: string, value: number, more: object = {}) => ({
      metricName: `${name}_${suffix}`,
      labels: { ...labels, ...more },
      value,
    });
    let below = 0;
    const cumulative = boundsSeconds.map((le, index) => {
      below += buckets[index] as number;
      return sample('bucket', below, { le });
    });
    return [...cumulative, sample('bucket', count, { le: '+Inf' }), sample('sum', sumSeconds), sample('count', count)];
  }
}
