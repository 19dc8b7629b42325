import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { openLinter } from './linter.ts';

const linter = openLinter(process.cwd(), readFileSync('biome.json', 'utf8'));
const rules = (text: string, path = 'core/a.ts') => linter.check({ path, text }).map((problem) => problem.rule);

test('a clean file has no problems', () => {
  expect(rules("export const a = 'b';\n")).toEqual([]);
});

test('what is not formatted is named with its line', () => {
  const [problem] = linter.check({ path: 'core/a.ts', text: 'export const a = 1;\nexport const b = "c"\n' });
  expect(problem).toMatchObject({ rule: 'format', line: 2 });
});

test('a breach of a rule is named with place and remedy, columns counted in letters', () => {
  const [problem] = linter.check({ path: 'core/a.ts', text: "export const é = 'é' as any;\n" });
  expect(problem).toMatchObject({ rule: 'lint/suspicious/noExplicitAny', line: 1, column: 25 });
  expect(problem?.remedy).not.toBe('');
});

test.each([
  ['export default 1;\n', 'lint/style/noDefaultExport'],
  ["import { T } from './t.ts';\n\nexport const a: T = 1;\n", 'lint/style/useImportType'],
  ["import { readFileSync } from 'fs';\n\nreadFileSync('a');\n", 'lint/style/useNodejsImportProtocol'],
  ['enum Colour {\n  red,\n}\n', 'lint/style/noEnum'],
  ['export const a = ;\n', 'parse'],
])('%j breaks %s', (text, rule) => {
  expect(rules(text)).toContain(rule);
});

test('repair makes clean what is safe to repair', () => {
  const text = linter.repair({
    path: 'core/a.ts',
    text: "import { b } from './b.ts'\nimport { a } from './a.ts'\nexport const c = [a, b,\n]",
  });
  expect(text).toBe("import { a } from './a.ts';\nimport { b } from './b.ts';\nexport const c = [a, b];\n");
  expect(rules(text)).toEqual([]);
});

test('a file that the tool vitest reads may have its default export', () => {
  expect(rules('export default 1;\n', 'vitest.config.ts')).toEqual([]);
});
