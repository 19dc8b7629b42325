import { Counter, type Histogram, type Registry } from 'prom-client';
import { secondsBuckets } from './link-metrics.ts';

/**
 * What is counted for every request is counted in plain numbers, and put into the registry's words when somebody asks for them: to find a
 * series by its labels takes longer than to read a request.
 */
type Words = { readonly name: string; readonly help: string };

/** Counts by two labels. A series is there from the first time that something is added to it, be it 0. */
export class PairTally<One extends string, Other extends string> {
  private readonly counts = new Map<One, Map<Other, { count: number }>>();

  constructor(registers: Registry[], words: Words, [one, other]: readonly [string, string]) {
    const { counts } = this;
    new Counter({
      ...words,
      labelNames: [one, other],
      registers,
      collect() {
        this.reset();
        for (const [first, row] of counts) for (const [second, { count }] of row) this.inc({ [one]: first, [other]: second }, count);
      },
    });
  }

  add(one: One, other: Other, count = 1): void {
    const row = this.counts.get(one) ?? new Map<Other, { count: number }>();
    const cell = row.get(other);
    if (cell !== undefined) {
      cell.count += count;
      return;
    }
    row.set(other, { count });
    this.counts.set(one, row);
  }
}

type Times = { readonly counts: Float64Array; sum: number };

/** Times by one label, in the same buckets as all others. */
export class TimeTally<Label extends string> {
  private readonly times = new Map<Label, Times>();

  constructor(registers: Registry[], words: Words, label: string) {
    const get = async () => ({ ...words, type: 'histogram', aggregator: 'sum', values: this.values(words.name, label) });
    // All that a registry asks of a metric.
    const metric = { ...words, type: 'histogram', get, reset: () => this.times.clear() } as unknown as Histogram;
    for (const registry of registers) registry.registerMetric(metric);
  }

  add(label: Label, seconds: number): void {
    const times = this.times.get(label) ?? this.begin(label);
    let bucket = 0;
    while (bucket < secondsBuckets.length && seconds > (secondsBuckets[bucket] as number)) bucket += 1;
    times.counts[bucket] = (times.counts[bucket] as number) + 1;
    times.sum += seconds;
  }

  private begin(label: Label): Times {
    const times = { counts: new Float64Array(secondsBuckets.length + 1), sum: 0 };
    this.times.set(label, times);
    return times;
  }

  private values(name: string, label: string): { metricName: string; labels: object; value: number }[] {
    return [...this.times].flatMap(([value, { counts, sum }]) => {
      const labels = { [label]: value };
      let count = 0;
      const buckets = [...secondsBuckets, '+Inf'].map((le, n) => {
        count += counts[n] as number;
        return { metricName: `${name}_bucket`, labels: { le, ...labels }, value: count };
      });
      return [...buckets, { metricName: `${name}_sum`, labels, value: sum }, { metricName: `${name}_count`, labels, value: count }];
    });
  }
}
