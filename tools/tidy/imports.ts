import { posix } from 'node:path';
import type { SourceFile } from '../tracked-files.ts';
import { lineAt, maskCode } from './code-mask.ts';

/** One mention of another module. */
export type Import = {
  /** As written: `./journal.ts`, `node:fs`, `zod`. */
  specifier: string;
  /** Path from the root where the specifier is relative; null for packages and Node's own modules. */
  target: string | null;
  /** `type` vanishes before anything runs; `address` is `new URL('./x.ts', …)`: a module to start, not one to know. */
  kind: 'value' | 'type' | 'dynamic' | 'address';
  line: number;
};

/** `import … from`, `export … from`, bare `import '…'`; the quote is where the mask keeps it, the words come from the text. */
const statement = /\b(import|export)\b(?!\s*\()([^'"`;]*?)\bfrom\s*(['"])|\bimport\s*(['"])/g;
const call = /\bimport\s*\(\s*(['"])|\bnew\s+URL\s*\(\s*(['"])/g;

/** Every module that a file mentions, in the order of its text. */
export function importsOf(file: SourceFile): readonly Import[] {
  const mask = maskCode(file.text);
  const found: Import[] = [];
  for (const match of mask.matchAll(statement)) {
    found.push(mention(file, match, isTypeOnly(match[2] ?? '') ? 'type' : 'value'));
  }
  for (const match of mask.matchAll(call)) {
    const isCall = match[0].startsWith('import');
    const each = mention(file, match, isCall ? 'dynamic' : 'address');
    if (isCall || each.target?.endsWith('.ts')) found.push(each);
  }
  return found.sort((one, other) => one.line - other.line);
}

/** Path from the root of what a relative specifier in `from` means. */
export function resolvePath(from: string, specifier: string): string {
  return posix.join(posix.dirname(from), specifier);
}

function mention(file: SourceFile, match: RegExpExecArray, kind: Import['kind']): Import {
  const start = match.index + match[0].length;
  const specifier = file.text.slice(start, file.text.indexOf(file.text[start - 1] as string, start));
  const target = specifier.startsWith('.') ? resolvePath(file.path, specifier) : null;
  return { specifier, target, kind, line: lineAt(file.text, start) };
}

/** `import type …`, or a list in which every single name is marked as a type. */
function isTypeOnly(clause: string): boolean {
  if (/^\s*type\s+[\w{*]/.test(clause)) return true;
  const names = /^\s*\{([^}]*)\}\s*$/.exec(clause)?.[1];
  if (names === undefined) return false;
  const each = names.split(',').filter((name) => name.trim() !== '');
  return each.length > 0 && each.every((name) => /^\s*type\s+\w/.test(name));
}
