import { expect, test } from 'vitest';
import { trackedFiles } from '../tracked-files.ts';
import { lineAt, maskCode } from './code-mask.ts';

test('comments, strings and regular expressions are blanked, code stays where it was', () => {
  expect(maskCode("a; // b\nc('d\\'e'); /* f\ng */ h")).toBe("a;     \nc('    ');     \n     h");
  expect(maskCode('const a = /x[/]y\\/z/g.test(b);')).toBe('const a = /        /g.test(b);');
});

test('a slash after a value divides, after a keyword it begins a regular expression', () => {
  expect(maskCode('x / y / z')).toBe('x / y / z');
  expect(maskCode('f(x) / y[0] / z')).toBe('f(x) / y[0] / z');
  expect(maskCode('return /abc/')).toBe('return /   /');
});

test('code inside a template stays, at every depth', () => {
  expect(maskCode('`ab${c({ d: `e${f}g` })}h` + i')).toBe('`  ${c({ d: ` ${f} ` })} ` + i');
});

test('an unfinished string ends with its line instead of swallowing the file', () => {
  expect(maskCode("'abc\ndef")).toBe("'   \ndef");
});

test('every file of the repository keeps its length, its lines and its brackets in pairs', () => {
  for (const { path, text } of trackedFiles(process.cwd(), ['.ts'])) {
    const mask = maskCode(text);
    expect(mask.length, path).toBe(text.length);
    expect(mask.split('\n').length, path).toBe(text.split('\n').length);
    for (const [open, close] of ['()', '[]', '{}']) {
      expect(mask.split(open as string).length, `${path} ${open}${close}`).toBe(mask.split(close as string).length);
    }
  }
});

test('lines are counted from one', () => {
  expect([lineAt('a\nb\nc', 0), lineAt('a\nb\nc', 2), lineAt('a\nb\nc', 4)]).toEqual([1, 2, 3]);
});
