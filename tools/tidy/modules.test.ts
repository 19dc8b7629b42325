import { expect, test } from 'vitest';
import { modules } from './modules.ts';

const problems = (text: string, path = 'core/a.ts') => modules.check([{ path, text }]).map((finding) => finding.problem);

test('a default export is found, however it is written', () => {
  expect(problems('export default 3;')).toEqual(['has a default export']);
  expect(problems('const a = 3;\nexport { a as default };')).toEqual(['has a default export']);
  expect(problems('export default 3;', 'vitest.config.ts')).toEqual([]);
});

test('a file that only re-exports is a barrel, with or without an import in between', () => {
  expect(problems("export { a } from './a.ts';\nexport * from './b.ts';")).toEqual(['only passes on what others export']);
  expect(problems("import { a } from './a.ts';\n// why\nexport { a };")).toEqual(['only passes on what others export']);
});

test('a file that makes something of its own may export it as a list', () => {
  expect(problems("import { a } from './a.ts';\nconst b = a + 1;\nexport { b };")).toEqual([]);
  expect(problems("import './a.ts';\nrun();")).toEqual([]);
});

test('aliases and specifiers without extension are named', () => {
  expect(problems("import { a } from '#core/a.ts';\na();")).toEqual(['imports #core/a.ts, an alias']);
  expect(problems("import { a } from '@/core/a.ts';\na();")).toEqual(['imports @/core/a.ts, an alias']);
  expect(problems("import { a } from './a';\na();")).toEqual(['imports ./a']);
  expect(problems("import { a } from './a.ts';\nimport { z } from 'zod';\na(z);")).toEqual([]);
});
