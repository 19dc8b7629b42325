/** What a pod publishes in Prometheus' text format, read line by line without building a tree: it is asked while players play. */

export type Labels = { [label: string]: string };

/**
 * The sum of one metric's samples whose labels include all of `labels`. 0 where the metric is declared (`# TYPE`) and has no such
 * sample yet, null where the text does not know it: a misspelt name must not read as zero.
 */
export function sumOf(text: string, name: string, labels: Labels): number | null {
  const wanted = Object.entries(labels).map(([label, value]) => `${label}="${escaped(value)}"`);
  let sum: number | null = null;
  for (const line of linesAbout(text, name)) {
    sum ??= 0;
    if (line.startsWith('#')) continue;
    const sample = sampleOf(line, name);
    if (sample !== null && wanted.every((pair) => hasPair(sample.labels, pair))) sum += sample.value;
  }
  return sum;
}

/** The labels of a metric's first sample, null where there is none. Values with quotes in them are not expected. */
export function labelsOf(text: string, name: string): Labels | null {
  for (const line of linesAbout(text, name)) {
    const sample = line.startsWith('#') ? null : sampleOf(line, name);
    if (sample === null) continue;
    return Object.fromEntries([...sample.labels.matchAll(/(\w+)="([^"]*)"/g)].map(([, label, value]) => [label, value]));
  }
  return null;
}

/** Lines that begin with the name, as a sample or after `# TYPE `; found by search, most of the text is never looked at. */
function* linesAbout(text: string, name: string): Generator<string> {
  for (let at = text.indexOf(name); at >= 0; at = text.indexOf(name, at + name.length)) {
    const lineStart = text.lastIndexOf('\n', at) + 1;
    const before = text.slice(lineStart, at);
    const next = text[at + name.length];
    if ((before !== '' && before !== '# TYPE ') || (next !== ' ' && next !== '{')) continue;
    const lineEnd = text.indexOf('\n', at);
    yield text.slice(lineStart, lineEnd < 0 ? text.length : lineEnd);
  }
}

function sampleOf(line: string, name: string): { labels: string; value: number } | null {
  const close = line.lastIndexOf('}');
  const labels = close < 0 ? '' : line.slice(name.length + 1, close);
  const value = Number(
    line
      .slice(close < 0 ? name.length : close + 1)
      .trim()
      .split(' ')[0],
  );
  return Number.isFinite(value) ? { labels, value } : null;
}

/** `pair` as a whole: `op="a"` is not part of `stop="a"`. */
function hasPair(labels: string, pair: string): boolean {
  return `,${labels},`.includes(`,${pair},`);
}

function escaped(value: string): string {
  return value.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n');
}
