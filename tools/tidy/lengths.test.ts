import { expect, test } from 'vitest';
import { lengths } from './lengths.ts';

const problems = (text: string, path = 'chaos/a.ts') => lengths.check([{ path, text }]).map((finding) => finding.problem);
const body = (lines: number) => `function a() {\n${'  b();\n'.repeat(lines - 2)}}\n`;

test('a line of 140 columns is fine, one more is not, unless it holds a long address', () => {
  expect(problems(`//${'x'.repeat(138)}\n`)).toEqual([]);
  expect(problems(`//${'x'.repeat(139)}\n`)).toEqual(['has 141 columns']);
  expect(problems(`// https://example.org/${'x'.repeat(139)}\n`)).toEqual([]);
});

test('literal text may make a line longer, up to 240 columns; code and comments may not', () => {
  expect(problems(`const a = '${'x'.repeat(220)}';\n`)).toEqual([]);
  expect(problems(`const a = '${'x'.repeat(240)}';\n`)).toEqual(['has 253 columns']);
  expect(problems(`const a = [${'b, '.repeat(50)}];\n`)).toEqual(['has 163 columns']);
});

test('a function of 70 lines is fine, one more is not', () => {
  expect(problems(body(70))).toEqual([]);
  expect(problems(body(71))).toEqual(['a has 71 lines']);
  expect(problems(body(71), 'chaos/a.test.ts')).toEqual([]);
  expect(problems(`import { test } from 'vitest';\n${body(71)}`)).toEqual([]);
});

test('four parameters are fine, five are not', () => {
  expect(problems('const a = (b, c, d, e) => f;\n')).toEqual([]);
  expect(problems('const a = (b, c, d, e, g) => f;\n')).toEqual(['a has 5 parameters']);
});

test('a file of 300 lines is fine, one more is not', () => {
  expect(problems('a();\n'.repeat(300))).toEqual([]);
  expect(problems('a();\n'.repeat(301))).toEqual(['has 301 lines']);
});
