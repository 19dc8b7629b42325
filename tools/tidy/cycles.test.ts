import { expect, test } from 'vitest';
import { cycles } from './cycles.ts';

const file = (name: string, ...imports: readonly string[]) => ({ path: `core/${name}.ts`, text: imports.join('\n') });

test('a cycle around three files is found and shown whole', () => {
  const found = cycles.check([
    file('a', "import { b } from './b.ts';"),
    file('b', "import { c } from './c.ts';"),
    file('c', "export { a } from './a.ts';"),
  ]);
  expect(found.map((finding) => finding.problem)).toEqual([
    'is imported by what it imports (core/a.ts -> core/b.ts -> core/c.ts -> core/a.ts)',
  ]);
});

test('a file that imports itself is a cycle', () => {
  expect(cycles.check([file('a', "import { a } from './a.ts';")])).toHaveLength(1);
});

test('a diamond is no cycle, nor is one that types alone close', () => {
  expect(
    cycles.check([
      file('a', "import './b.ts';", "import './c.ts';"),
      file('b', "import './d.ts';"),
      file('c', "import './d.ts';"),
      file('d'),
    ]),
  ).toEqual([]);
  expect(cycles.check([file('a', "import { b } from './b.ts';"), file('b', "import type { A } from './a.ts';")])).toEqual([]);
});
