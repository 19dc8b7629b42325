import { expect, test } from 'vitest';
import { packages } from './packages.ts';

const manifest = (text: object) => ({ path: 'package.json', text: JSON.stringify(text) });
const lock = (entry: object) => ({ path: 'package-lock.json', text: JSON.stringify({ packages: { '': {}, 'node_modules/a': entry } }) });
const code = (path: string, name: string) => ({ path, text: `import { a } from '${name}';` });
const problems = (...files: readonly { path: string; text: string }[]) => packages.check(files).map((finding) => finding.problem);

test('a version must be exact', () => {
  expect(problems(manifest({ optionalDependencies: { a: '^1.0.0', b: '1.0.0', c: 'latest', d: '~2.1.0' } }))).toHaveLength(3);
});

test('the lockfile names no addresses and no install scripts', () => {
  expect(problems(lock({ version: '1.0.0' }))).toEqual([]);
  expect(problems(lock({ resolved: 'https://example.org/a.tgz' }))).toEqual(['says where node_modules/a comes from']);
  expect(problems(lock({ hasInstallScript: true }))).toEqual(['node_modules/a runs a script at install']);
});

test('what ships uses what is installed for users, the rest may use what is there for work', () => {
  const declared = manifest({ dependencies: { zod: '4.0.0' }, devDependencies: { '@scope/tool': '1.0.0' } });
  const main = { path: 'cli/main.ts', text: "import '../core/a.ts';" };
  expect(problems(declared, main, code('core/a.ts', 'zod/mini'), code('core/a.test.ts', '@scope/tool/sub'))).toEqual([]);
  expect(problems(declared, main, code('core/a.ts', '@scope/tool'), code('core/b.ts', 'zod'))).toEqual(['imports @scope/tool']);
  expect(problems(manifest({}), code('tools/a.ts', 'left-pad'))).toEqual(['imports left-pad']);
});

test('what nobody imports must go', () => {
  expect(problems(manifest({ dependencies: { zod: '4.0.0' } }))).toEqual(['takes zod, which nobody imports']);
});
