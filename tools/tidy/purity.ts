import type { Finding, Rule } from './finding.ts';
import { importsOf } from './imports.ts';
import { isCode, isPure, roomOf, typesOnly } from './rooms.ts';
import { type BannedWord, findWords } from './words.ts';

/**
 * Pure rooms make the same decisions in Node, inside k6 and on a simulated clock. So they have no effects, no clock and no
 * randomness but the seed's, no floating-point function whose last bit differs between engines, and no syntax that k6 lacks.
 */
export const purity: Rule = {
  sentence: 'pure rooms have no effects, no clock, no chance of their own and nothing that engines compute differently',
  check: (files) =>
    files
      .filter((file) => isCode(file.path) && isPure(file.path))
      .flatMap((file) => [...findWords(file, 'code', impureWords), ...impureImports(file)]),
};

const integers = 'use integers and fixed-point tables: engines differ in the last bit';

const impureWords: readonly BannedWord[] = [
  { pattern: /\bMath\s*\.\s*random\b/g, remedy: 'draw from core/random.ts, so that the seed replays it' },
  { pattern: /\bMath\s*\.\s*(exp|expm1|log|log2|log10|log1p|pow|sqrt|cbrt|hypot)\b/g, remedy: integers },
  { pattern: /\bMath\s*\.\s*(a?(sin|cos|tan)h?|atan2)\b/g, remedy: integers },
  { pattern: /\bMath\b(?!\s*\.)/g, remedy: 'name the function (Math.floor), so that this test sees which it is' },
  { pattern: /\*\*/g, remedy: 'multiply, or shift: engines compute powers differently' },
  { pattern: /\bDate\b/g, remedy: 'take a Clock (core/clock.ts) or milliseconds as an argument' },
  { pattern: /(?<![.\w])performance\b\s*\./g, remedy: 'take a Clock (core/clock.ts) as an argument' },
  { pattern: /(?<![.\w])(setTimeout|setInterval|setImmediate|queueMicrotask)\b/g, remedy: 'take a Clock (core/clock.ts) and use `after`' },
  // Only what Node's global has: a pod's process may be called `process` too.
  {
    pattern:
      /(?<![.\w])process\s*\.\s*(env|argv|argv0|cwd|exit|exitCode|hrtime|memoryUsage|nextTick|on|platform|stdin|stdout|stderr|versions?)\b/g,
    remedy: 'take the value as an argument; only the edge knows the process',
  },
  { pattern: /\bglobalThis\b/g, remedy: 'take what you need as an argument' },
  { pattern: /\bBuffer\b/g, remedy: 'use strings, or arrays of integers' },
  { pattern: /(?<![.\w])fetch\s*\(/g, remedy: 'return the request as data; a transport sends it' },
  { pattern: /(?<![.\w])crypto\b\s*\./g, remedy: 'draw from core/random.ts, or take the value as an argument' },
  { pattern: /(?<![.\w])console\b\s*\./g, remedy: 'return what there is to say' },
  { pattern: /\bIntl\b|\.\s*(toLocale\w*|localeCompare)\b/g, remedy: 'compare and write by hand: locales differ between machines' },
  { pattern: /\?\?=|\|\|=|&&=/g, remedy: 'write the assignment out: k6 may not know this operator' },
  { pattern: /\.\s*replaceAll\b/g, remedy: 'use replace with a regular expression that has the flag g' },
  { pattern: /\bimport\s*\(/g, remedy: 'import at the top: k6 bundles what it sees there' },
  { pattern: /\bimport\s*\.\s*meta\b/g, remedy: 'take the path as an argument' },
  {
    pattern: /\bfor\s+await\b|\basync\s+function\s*\*|\basync\s*\*/g,
    remedy: 'iterate synchronously: k6 does not know asynchronous iteration',
  },
];

/** No Node and no packages. Declarations may name the types of packages: those vanish. */
function impureImports(file: { path: string; text: string }): readonly Finding[] {
  const room = roomOf(file.path);
  const declares = room !== null && typesOnly.includes(room);
  return importsOf(file)
    .filter(({ target, kind }) => target === null && !(declares && kind === 'type'))
    .map(({ specifier, line }) => ({
      path: file.path,
      line,
      problem: `imports ${specifier}`,
      remedy: 'take what it gives as an argument; pure rooms import only pure rooms',
    }));
}
