import { expect, test } from 'vitest';
import { importsOf } from './imports.ts';

const kinds = (text: string) => importsOf({ path: 'room/a.ts', text }).map(({ specifier, target, kind }) => [specifier, target, kind]);

test('a relative import is resolved from the root, a package is not', () => {
  expect(kinds("import { a } from '../core/b.ts';\nimport { z } from 'zod';")).toEqual([
    ['../core/b.ts', 'core/b.ts', 'value'],
    ['zod', null, 'value'],
  ]);
});

test('an import of types alone is told from one of values', () => {
  expect(kinds("import type { A } from './a.ts';\nimport { type B, type C } from './b.ts';\nimport { type D, e } from './d.ts';")).toEqual([
    ['./a.ts', 'room/a.ts', 'type'],
    ['./b.ts', 'room/b.ts', 'type'],
    ['./d.ts', 'room/d.ts', 'value'],
  ]);
});

test('a name that happens to be "type" is a value', () => {
  expect(kinds("import type from './a.ts';\nimport { type } from './b.ts';").map((each) => each[2])).toEqual(['value', 'value']);
});

test('re-exports, bare imports, dynamic imports and modules named by address are found, over several lines', () => {
  const text =
    "export {\n  a,\n} from './a.ts';\nimport './b.ts';\nawait import('./c.ts');\nnew URL('./d.ts', import.meta.url);\nnew URL('http://x');";
  expect(kinds(text)).toEqual([
    ['./a.ts', 'room/a.ts', 'value'],
    ['./b.ts', 'room/b.ts', 'value'],
    ['./c.ts', 'room/c.ts', 'dynamic'],
    ['./d.ts', 'room/d.ts', 'address'],
  ]);
});

test('what stands in a comment or a string is no import', () => {
  expect(kinds("// import { a } from './a.ts'\nconst b = \"import { c } from './c.ts'\";\nexport const from = 3;")).toEqual([]);
});
