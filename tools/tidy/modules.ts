import type { SourceFile } from '../tracked-files.ts';
import { lineAt, maskCode } from './code-mask.ts';
import type { Finding, Rule } from './finding.ts';
import { importsOf } from './imports.ts';
import { isCode } from './rooms.ts';

/** Files in which a foreign tool demands a default export, each with that tool. */
const defaultExportAllowed: { readonly [path: string]: string } = { 'vitest.config.ts': 'vitest loads the default export' };

/** A name means one thing, in one place, and the path says which place. */
export const modules: Rule = {
  sentence: 'modules have named exports, say where names come from, and never only pass them on',
  check: (files) =>
    files.filter((file) => isCode(file.path)).flatMap((file) => [...defaultExports(file), ...barrels(file), ...specifiers(file)]),
};

function defaultExports({ path, text }: SourceFile): readonly Finding[] {
  if (path in defaultExportAllowed) return [];
  return [...maskCode(text).matchAll(/\bexport\s+default\b|\bexport\s*\{[^}]*\bas\s+default\b/g)].map((match) => ({
    path,
    line: lineAt(text, match.index),
    problem: 'has a default export',
    remedy: 'export it by its name, so that every import calls it the same',
  }));
}

function barrels({ path, text }: SourceFile): readonly Finding[] {
  const mask = maskCode(text);
  const passing = /\bexport\b[^;'"]*\bfrom\s*['"]\s*['"];?/g;
  const importing = /\bimport\b[^;'"]*(\bfrom\s*)?['"]\s*['"];?/g;
  const listing = /\bexport\s+(type\s+)?\{[^}]*\}\s*;?/g;
  const rest = mask.replace(passing, '').replace(importing, '').replace(listing, '');
  if (rest.trim() !== '' || !/\bexport\b/.test(mask)) return [];
  return [{ path, line: 0, problem: 'only passes on what others export', remedy: 'delete it and import from where the names are made' }];
}

function specifiers(file: SourceFile): readonly Finding[] {
  return importsOf(file).flatMap(({ specifier, line }) => {
    if (/^(#|@\/|~|\/)/.test(specifier)) {
      return [{ path: file.path, line, problem: `imports ${specifier}, an alias`, remedy: 'write the relative path' }];
    }
    if (specifier.startsWith('.') && !/\.(ts|mts|js|mjs|json|css)$/.test(specifier)) {
      return [{ path: file.path, line, problem: `imports ${specifier}`, remedy: 'write the extension; Node guesses none' }];
    }
    return [];
  });
}
