/** A table for terminals: columns are left out, least important first, until it fits. Widths count code points. */
export type TextColumn = {
  head: string;
  align: 'left' | 'right';
  /** Left out first where the number is highest; 0 is never left out. */
  spare: number;
  cells: readonly string[];
};

const gapWide = 2;
const gapNarrow = 1;

/** Lines of at most `columnsMax` characters, the heading first. The first column is shortened where nothing else helps. */
export function textTable(columns: readonly TextColumn[], columnsMax: number): readonly string[] {
  for (const gap of [gapWide, gapNarrow]) {
    if (widthOf(columns, gap) <= columnsMax) return rowsOf(columns, gap);
  }
  const spare = Math.max(...columns.map((column) => column.spare));
  if (spare > 0)
    return textTable(
      columns.filter((column) => column.spare !== spare),
      columnsMax,
    );
  return rowsOf(squeezed(columns, columnsMax), gapNarrow);
}

function squeezed(columns: readonly TextColumn[], columnsMax: number): readonly TextColumn[] {
  const [first, ...rest] = columns as [TextColumn, ...TextColumn[]];
  const room = Math.max(4, columnsMax - widthOf(rest, gapNarrow) - gapNarrow);
  return [{ ...first, cells: first.cells.map((cell) => shorten(cell, room)) }, ...rest];
}

function rowsOf(columns: readonly TextColumn[], gap: number): readonly string[] {
  const rows = Math.max(0, ...columns.map((column) => column.cells.length));
  return Array.from({ length: rows + 1 }, (_unused, row) =>
    columns
      .map((column) => pad(row === 0 ? column.head : (column.cells[row - 1] ?? ''), columnWidth(column), column.align))
      .join(' '.repeat(gap))
      .trimEnd(),
  );
}

function widthOf(columns: readonly TextColumn[], gap: number): number {
  return columns.reduce((sum, column) => sum + columnWidth(column), 0) + gap * (columns.length - 1);
}

function columnWidth({ head, cells }: TextColumn): number {
  return Math.max(...[head, ...cells].map(lengthOf));
}

function pad(cell: string, width: number, align: TextColumn['align']): string {
  const room = ' '.repeat(Math.max(0, width - lengthOf(cell)));
  return align === 'left' ? cell + room : room + cell;
}

export function lengthOf(text: string): number {
  return [...text].length;
}

/** At most `lengthMax` code points, the cut marked. */
export function shorten(text: string, lengthMax: number): string {
  const points = [...text];
  if (points.length <= lengthMax) return text;
  return `${points.slice(0, Math.max(0, lengthMax - 1)).join('')}…`;
}

/**
 * Breaks at spaces into lines of at most `columnsMax`, the later ones indented; a word that is too long is cut in pieces. A
 * figure stays with its unit, a seed with its number.
 */
export function wrap(text: string, columnsMax: number, indent = ''): readonly string[] {
  const room = Math.max(8, columnsMax);
  const lines: string[] = [];
  let line = '';
  for (const word of wordsOf(text).flatMap((each) => pieces(each, room - lengthOf(indent)))) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (lengthOf(longer) <= room) line = longer;
    else {
      lines.push(line);
      line = indent + word;
    }
  }
  return [...lines, line];
}

function wordsOf(text: string): readonly string[] {
  const glued = text.replace(/(?<=\d) (?=(?:ms|s|m|%|MB)(?:\W|$))|(?<=\bseed) (?=\d)/g, '\u00a0');
  return glued.split(' ').map((word) => word.replaceAll('\u00a0', ' '));
}

function pieces(word: string, lengthMax: number): readonly string[] {
  const points = [...word];
  const cut: string[] = [];
  for (let from = 0; from < points.length; from += lengthMax) cut.push(points.slice(from, from + lengthMax).join(''));
  return cut.length === 0 ? [''] : cut;
}
