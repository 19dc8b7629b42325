import { expect, test } from 'vitest';
import { functionsOf } from './functions.ts';

const shapes = (text: string) => functionsOf(text).map(({ name, lines, parameters }) => [name, lines, parameters]);

test('functions, methods and arrows are measured from their parameters to the end of their body', () => {
  expect(shapes('function a(b: number): void {\n  c();\n}')).toEqual([['a', 3, 1]]);
  expect(shapes('class A {\n  b<T>(c: T, d: T): T {\n    return c;\n  }\n}')).toEqual([['b', 3, 2]]);
  expect(shapes('const a = async (b, c) => {\n  d();\n};')).toEqual([['a', 3, 2]]);
  expect(shapes('export function* a(b: B): Generator<C, void, void> {\n}')).toEqual([['a', 2, 1]]);
});

test('a return type with braces is no body', () => {
  expect(shapes('function a(): { b: number } {\n  return c;\n}')).toEqual([['a', 3, 0]]);
  expect(shapes('function a(): Promise<{ b: number }> {\n}')).toEqual([['a', 2, 0]]);
  expect(shapes('function a(b: B): b is { c: 1 } | D {\n}')).toEqual([['a', 2, 1]]);
});

test('commas inside types, defaults and patterns do not part parameters', () => {
  expect(shapes('function a(b: Map<string, number>, { c, d }: E, f = [1, 2], g: H<I, (j: J) => K>,) {}')[0]).toEqual(['a', 1, 4]);
});

test('a function inside a function is found besides it', () => {
  expect(shapes('function a() {\n  return [].map((b) => {\n    c(b);\n  });\n}')).toEqual([
    ['a', 5, 0],
    ['a function', 3, 1],
  ]);
});

test('control flow, calls and signatures without a body are no functions', () => {
  expect(shapes('if (a) {\n}\nfor (const b of c) {\n}\nwhile (d) {\n}\nswitch (e) {\n}\ntry {} catch (f) {}')).toEqual([]);
  expect(shapes('run(a, b);\nconst c = d ? (e) : f;')).toEqual([]);
  expect(shapes('interface A {\n  b(c: D, e: F): void;\n}')).toEqual([]);
});

test('an arrow whose body is an expression in brackets is as long as these', () => {
  expect(shapes('const a = () => ({\n  b,\n});')).toEqual([['a', 3, 0]]);
  expect(shapes('const a = (b: C): D => b.e;')).toEqual([['a', 1, 1]]);
});
