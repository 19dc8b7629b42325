import { countParts, matching } from './brackets.ts';
import { lineAt, maskCode } from './code-mask.ts';

/** A function as it stands in a text: from the line of its parameters to the line on which its body closes. */
export type FunctionShape = { name: string; line: number; lines: number; parameters: number };

/** Words before a parenthesis and a block that are no function. */
const control = new Set(['if', 'for', 'while', 'switch', 'catch', 'with', 'await']);

/** A brace after one of these, or after anything but a word or a closed bracket, begins an object type and no body. */
const typeWord = /\b(is|keyof|typeof|extends|infer|asserts|readonly)$/;

/**
 * Every function, method and arrow. Found by its parameter list: parentheses that are followed by `=>`, by a block, or by a
 * return type and then one of these. The type of a function looks like an arrow and is found too: the limits hold for it as well.
 */
export function functionsOf(text: string): readonly FunctionShape[] {
  const mask = maskCode(text);
  const found: FunctionShape[] = [];
  for (let open = mask.indexOf('('); open >= 0; open = mask.indexOf('(', open + 1)) {
    const shape = functionAt(mask, open);
    if (shape !== null) found.push(shape);
  }
  return found;
}

function functionAt(mask: string, open: number): FunctionShape | null {
  const close = matching(mask, open);
  if (close < 0) return null;
  const name = nameBefore(mask, open);
  if (control.has(name)) return null;
  const end = bodyEnd(mask, close + 1);
  if (end === null) return null;
  const line = lineAt(mask, open);
  return {
    name: name === '' ? 'a function' : name,
    line,
    lines: lineAt(mask, end) - line + 1,
    parameters: countParts(mask.slice(open + 1, close)),
  };
}

/** The last word before the parameters, over type parameters; for an arrow the name it is given. */
function nameBefore(mask: string, open: number): string {
  const before = mask
    .slice(Math.max(0, open - 200), open)
    .replace(/<[^()=]*>\s*$/, '')
    .replace(/\basync\s*$/, '');
  return /([\w$]+)\s*\*?\s*$/.exec(before)?.[1] ?? /([\w$]+)\s*(?::[^=;]*)?[=:]\s*$/.exec(before)?.[1] ?? '';
}

/** Offset at which the body behind a parameter list ends, or null where there is no body and so no function. */
function bodyEnd(mask: string, from: number): number | null {
  const start = bodyStart(mask, from);
  if (start === null) return null;
  // An arrow to a plain expression is as long as its first bracket at most; without one it is a line.
  return '{(['.includes(mask[start] as string) ? matching(mask, start) : start;
}

function bodyStart(mask: string, from: number): number | null {
  const at = skipSpace(mask, from);
  if (mask.startsWith('=>', at)) return skipSpace(mask, at + 2);
  if (mask[at] === '{') return at;
  return mask[at] === ':' ? bodyAfterType(mask, at + 1) : null;
}

/** Walks over a return type to the brace or arrow that begins the body. */
function bodyAfterType(mask: string, from: number): number | null {
  let angles = 0;
  for (let at = skipSpace(mask, from); at < mask.length; at = skipSpace(mask, at + 1)) {
    const character = mask[at] as string;
    if (mask.startsWith('=>', at)) return skipSpace(mask, at + 2);
    if (character === '<') angles++;
    if (character === '>') angles--;
    if (character === '{' && angles === 0 && endsType(mask.slice(from, at).trimEnd())) return at;
    if (';)]}?='.includes(character) || (character === ',' && angles === 0)) return null;
    if ('([{'.includes(character)) at = matching(mask, at);
    if (at < 0) return null;
  }
  return null;
}

function endsType(type: string): boolean {
  return /[\w$>\])}'"`]$/.test(type) && !typeWord.test(type);
}

function skipSpace(mask: string, from: number): number {
  let at = from;
  while (/\s/.test(mask[at] ?? '')) at++;
  return at;
}
