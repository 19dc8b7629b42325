const blocks = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];

/** A curve in one line of at most `columns` characters, from nothing to the highest value; each character is the mean of its stretch. */
export function sparkline(values: readonly number[], columns: number): string {
  const width = Math.min(columns, values.length);
  const means = Array.from({ length: width }, (_, column) => {
    const part = values.slice(Math.floor((column * values.length) / width), Math.floor(((column + 1) * values.length) / width));
    return part.reduce((sum, value) => sum + value, 0) / Math.max(1, part.length);
  });
  const highest = Math.max(...means, 0);
  return means.map((mean) => blocks[highest === 0 ? 0 : Math.min(7, Math.floor((mean / highest) * 8))]).join('');
}

/** `share` of a bar of so many characters; something stays visible of everything above nothing. */
export function bar(share: number, columns: number): string {
  return share <= 0 ? '' : '█'.repeat(Math.max(1, Math.round(share * columns)));
}
