import type { SourceFile } from '../tracked-files.ts';

/** One breach of a house rule: where, what, and what would be right. Line 0: the file as a whole. */
export type Finding = { path: string; line: number; problem: string; remedy: string };

/** A rule of the house, executed. Pure: the whole tree in, every breach out. */
export type Rule = {
  /** What holds when nothing is found, as a sentence: it is the name of a test. */
  sentence: string;
  check: (files: readonly SourceFile[]) => readonly Finding[];
};

export function writeFinding({ path, line, problem, remedy }: Finding): string {
  return `${path}${line === 0 ? '' : `:${line}`} ${problem}: ${remedy}`;
}
