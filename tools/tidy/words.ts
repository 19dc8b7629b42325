import type { SourceFile } from '../tracked-files.ts';
import { lineAt, maskCode } from './code-mask.ts';
import type { Finding } from './finding.ts';

/** A word that must not be, and what to write instead. `pattern` has the flag g. */
export type BannedWord = { pattern: RegExp; remedy: string };

/** `code`: comments and the insides of strings do not count. `text`: everything counts. */
export function findWords(file: SourceFile, where: 'code' | 'text', banned: readonly BannedWord[]): readonly Finding[] {
  const searched = where === 'code' ? maskCode(file.text) : file.text;
  return banned.flatMap(({ pattern, remedy }) =>
    [...searched.matchAll(pattern)].map((match) => ({
      path: file.path,
      line: lineAt(searched, match.index),
      problem: `has "${match[0].trim()}"`,
      remedy,
    })),
  );
}
