type Labels = { [label: string]: string };

/** What pods publish, as tests set it: one value for each pod, name and set of labels. */
export interface MetricTable {
  set(pod: string, name: string, labels: Labels, value: number): void;
  /** Over those pods, labels must all match and `pod` is one of them; null where none of them ever published the name. */
  sum(name: string, labels: Labels, pods: readonly string[]): number | null;
}

export function createMetricTable(): MetricTable {
  const rows = new Map<string, { name: string; labels: Labels; value: number }>();
  return {
    set(pod, name, labels, value) {
      const all = { ...labels, pod };
      rows.set(`${name} ${JSON.stringify(Object.entries(all).sort())}`, { name, labels: all, value });
    },
    sum(name, labels, pods) {
      const known = [...rows.values()].filter((row) => row.name === name && pods.includes(row.labels['pod'] ?? ''));
      if (known.length === 0) return null;
      const matching = known.filter((row) => Object.entries(labels).every(([label, value]) => row.labels[label] === value));
      return matching.reduce((total, row) => total + row.value, 0);
    },
  };
}
