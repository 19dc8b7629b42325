import { styleText } from 'node:util';
import { writeMs } from '../../core/duration.ts';
import { lengthOf, wrap } from '../report/text-table.ts';
import type { JudgedRow, StoryTable } from './judge.ts';

/** The table for a terminal: each cell on as many lines as it needs, nothing is left out. */
export function storyText(table: StoryTable, { color, columns }: { color: boolean; columns: number }): string {
  const widths = widthsFor(Math.min(Math.max(columns, 80), 160));
  const lines = [
    ...line(['row', 'the story said', 'its figure', 'we measured', 'how', 'verdict'], widths, null),
    ...table.rows.flatMap((row) => line(cellsOf(row), widths, color ? row.verdict : null)),
    '',
    ...wrap(summaryOf(table), columns),
  ];
  return `${lines.join('\n')}\n`;
}

export function cellsOf({ id, sentence, said, measured, basis, verdict }: JudgedRow): readonly string[] {
  return [id, sentence, said, measured, basis, verdict];
}

export function summaryOf({ rows, seed, durationMs, exitCode }: StoryTable): string {
  const count = (verdict: JudgedRow['verdict']): number => rows.filter((row) => row.verdict === verdict).length;
  const told = `${count('reached')} reached, ${count('missed')} missed, ${count('not shown here')} not shown here`;
  return `${told}; seed ${seed}, ${writeMs(durationMs)}, exit code ${exitCode}. Rows marked with * are wanted and do not decide; modelled rows and 7 and 12 do not either.`;
}

/** What is fixed is as wide as its longest word; the two long columns share the rest. */
function widthsFor(columns: number): readonly number[] {
  const fixed = { row: 3, said: 14, how: 8, verdict: 10 };
  const rest = columns - fixed.row - fixed.said - fixed.how - fixed.verdict - 5 * 2;
  const sentence = Math.floor(rest * 0.42);
  return [fixed.row, sentence, fixed.said, rest - sentence, fixed.how, fixed.verdict];
}

const colours = { reached: 'green', missed: 'red', 'not shown here': 'yellow' } as const;

function line(cells: readonly string[], widths: readonly number[], verdict: JudgedRow['verdict'] | null): readonly string[] {
  const wrapped = cells.map((cell, index) => wrap(cell, widths[index] as number));
  const height = Math.max(...wrapped.map((lines) => lines.length));
  return Array.from({ length: height }, (_unused, row) =>
    wrapped
      .map((lines, column) => {
        const text = lines[row] ?? '';
        const padded = column === wrapped.length - 1 ? text : text + ' '.repeat(Math.max(0, (widths[column] as number) - lengthOf(text)));
        return verdict !== null && column === wrapped.length - 1 ? styleText(colours[verdict], padded, { validateStream: false }) : padded;
      })
      .join('  ')
      .trimEnd(),
  );
}
