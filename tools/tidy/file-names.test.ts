import { expect, test } from 'vitest';
import { fileNames } from './file-names.ts';

const bad = (...paths: readonly string[]) => fileNames.check(paths.map((path) => ({ path, text: '' }))).map((finding) => finding.path);

test('kebab-case with the endings of tests is fine', () => {
  expect(
    bad('chaos/faults/pod-kill.ts', 'chaos/journal.test.ts', 'chaos/redis-auth.ci.test.ts', 'vitest.config.ts', 'a/page.browser.ts'),
  ).toEqual([]);
});

test('camelCase, snake_case and other endings are not', () => {
  expect(bad('chaos/podKill.ts', 'chaos/pod_kill.ts', 'chaos/Pod.ts', 'chaos/pod.spec.ts')).toHaveLength(4);
});

test('pages and data have names of their own', () => {
  expect(bad('README.md', 'docs/decisions/0001-rooms.md', 'package-lock.json')).toEqual([]);
});
