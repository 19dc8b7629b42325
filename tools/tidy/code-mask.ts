/**
 * Blanks what is not code (comments, the insides of strings, templates and regular expressions) with spaces, so that words
 * can be looked for in code alone. Length and line breaks stay: an offset in the mask is an offset in the text.
 * A scanner of our own, because the compiler in use has no programming interface; it knows TypeScript without JSX.
 */
export function maskCode(text: string): string {
  return scanAll(text, 'blank');
}

/** The same with comments left in: what is blank is literal text. */
export function maskLiterals(text: string): string {
  return scanAll(text, 'keep');
}

/** `templates`: for each template literal that is open, how many braces are open inside its current `${…}`. */
type Scan = { text: string; at: number; out: string[]; templates: number[]; comments: 'blank' | 'keep'; before: string };

/** After one of these a slash begins a regular expression; after any other word it divides. */
const wordsBeforeRegex = new Set([
  'return',
  'typeof',
  'case',
  'in',
  'of',
  'do',
  'else',
  'void',
  'delete',
  'throw',
  'new',
  'yield',
  'await',
]);

function scanAll(text: string, comments: Scan['comments']): string {
  const scan: Scan = { text, at: 0, out: [], templates: [], comments, before: '' };
  while (scan.at < text.length) step(scan);
  return scan.out.join('');
}

function step(scan: Scan): void {
  const { text, at } = scan;
  const character = text[at] as string;
  const endsInterpolation = character === '}' && scan.templates.at(-1) === 0;
  if (text.startsWith('//', at) || (at === 0 && text.startsWith('#!'))) comment(scan, lineEnd(text, at));
  else if (text.startsWith('/*', at)) comment(scan, endOf(text, '*/', at + 2));
  else if (character === "'" || character === '"') string(scan, character);
  else if (character === '`') template(scan);
  else if (character === '/' && regexMayBegin(scan)) regex(scan);
  else if (endsInterpolation) {
    scan.templates.pop();
    template(scan);
  } else {
    countBraces(scan, character);
    keep(scan, 1);
  }
}

function comment(scan: Scan, end: number): void {
  const text = scan.text.slice(scan.at, end);
  scan.out.push(scan.comments === 'keep' ? text : blank(text));
  scan.at = end;
}

function countBraces(scan: Scan, character: string): void {
  const open = scan.templates.length - 1;
  if (open < 0) return;
  if (character === '{') scan.templates[open] = (scan.templates[open] as number) + 1;
  if (character === '}') scan.templates[open] = (scan.templates[open] as number) - 1;
}

function string(scan: Scan, quote: string): void {
  keep(scan, 1);
  blankUntil(
    scan,
    closing(scan.text, scan.at, (at) => scan.text[at] === quote || scan.text[at] === '\n'),
  );
  keep(scan, 1);
}

/** From a backtick, or from the brace that ends a `${…}`, to the next `${` or to the closing backtick. */
function template(scan: Scan): void {
  keep(scan, 1);
  const { text } = scan;
  blankUntil(
    scan,
    closing(text, scan.at, (at) => text[at] === '`' || text.startsWith('${', at)),
  );
  if (text[scan.at] === '$') {
    scan.templates.push(0);
    keep(scan, 1);
  }
  keep(scan, 1);
}

function regex(scan: Scan): void {
  keep(scan, 1);
  let inClass = false;
  const end = closing(scan.text, scan.at, (at) => {
    const character = scan.text[at];
    if (character === '[') inClass = true;
    if (character === ']') inClass = false;
    return (character === '/' && !inClass) || character === '\n';
  });
  blankUntil(scan, end);
  keep(scan, 1);
}

function regexMayBegin({ before }: Scan): boolean {
  const last = before.at(-1);
  if (last === undefined) return true;
  if (/[\w$]/.test(last)) return wordsBeforeRegex.has(/[\w$]+$/.exec(before)?.[0] ?? '');
  return !')]}\'"`'.includes(last);
}

/** The first offset from `at` on that `ends`, over escaped characters. */
function closing(text: string, at: number, ends: (at: number) => boolean): number {
  let end = at;
  while (end < text.length && !ends(end)) end += text[end] === '\\' ? 2 : 1;
  return Math.min(end, text.length);
}

function keep(scan: Scan, count: number): void {
  const text = scan.text.slice(scan.at, scan.at + count);
  scan.out.push(text);
  scan.at += count;
  // The last word of code, however much space or comment follows it; keywords are short.
  if (text.trim() !== '')
    scan.before = isWord(text) && isWord(scan.text[scan.at - count - 1] ?? '') ? (scan.before + text).slice(-8) : text;
}

function blankUntil(scan: Scan, end: number): void {
  scan.out.push(blank(scan.text.slice(scan.at, end)));
  scan.at = end;
}

function blank(text: string): string {
  return text.replace(/[^\n]/g, ' ');
}

function isWord(text: string): boolean {
  return /^[\w$]$/.test(text);
}

function lineEnd(text: string, at: number): number {
  const end = text.indexOf('\n', at);
  return end < 0 ? text.length : end;
}

function endOf(text: string, mark: string, from: number): number {
  const at = text.indexOf(mark, from);
  return at < 0 ? text.length : at + mark.length;
}

/** Line of an offset, counted from 1. */
export function lineAt(text: string, offset: number): number {
  let line = 1;
  for (let at = text.indexOf('\n'); at >= 0 && at < offset; at = text.indexOf('\n', at + 1)) line++;
  return line;
}
