import { describe, expect, test } from 'vitest';
import { bannedWords } from './banned-words.ts';

const found = (text: string, path = 'chaos/inject.ts') => bannedWords.check([{ path, text }]);

describe('in shipped code', () => {
  const bad: readonly string[] = [
    'const a = b as any;',
    'enum Colour { red }',
    'const enum Colour { red }',
    '// @ts-ignore',
    '// @ts-nocheck',
    '// TODO: later',
    '/* FIXME */',
    'console.log(a);',
    'console.error(a);',
    'const path = "/home/me/a";',
  ];
  test.each(bad)('%s is found, with what to write instead', (text) => {
    const findings = found(text);
    expect(findings).toHaveLength(1);
    expect(findings[0]?.remedy).not.toBe('');
  });

  const good: readonly string[] = [
    'const a = b as unknown;',
    'const enumerate = { a };',
    "const text = 'as any, console.log(a)';",
    'view.console.log(a);',
    'const todo = list.length;',
    'const where = "./network/root/file";',
  ];
  test.each(good)('%s is fine', (text) => {
    expect(found(text)).toEqual([]);
  });
});

describe('in a test', () => {
  test.each([
    "test.only('a', run);",
    "describe.skip('a', run);",
    "test.skipIf(a)('b', run);",
    "test.todo('a');",
    "test.only.each(a)('b', run);",
  ])('%s is found', (text) => {
    expect(found(text, 'chaos/inject.test.ts')).toHaveLength(1);
  });
});

test('the simulator sends through transports, others may fetch', () => {
  expect(found('await fetch(url);', 'simulator/engine/play.ts')).toHaveLength(1);
  expect(found('await fetch(url);', 'rehearsal/prepare.ts')).toEqual([]);
  expect(found('stream.fetch(1);', 'simulator/engine/play.ts')).toEqual([]);
});

test('lengths of time are never taken from the wall clock, stamps are', () => {
  for (const text of ['Date.now() - startedMs', 'clock.wallMs() + forMs', 'a - new Date(b)', 'at.getTime()'])
    expect(found(text)).toHaveLength(1);
  for (const text of [
    'new Date(parts.clock.wallMs() + forMs)',
    'new Date().toISOString()',
    '({ wallMs: clock.wallMs() })',
    'clock.nowMs()',
  ])
    expect(found(text)).toEqual([]);
  expect(found('Date.now()', 'machine/system-clock.ts')).toEqual([]);
});

test('commands, tools and benches may print', () => {
  for (const path of ['cli/main.ts', 'tools/tier.ts', 'bench/engine.ts']) expect(found('console.log(a);', path)).toEqual([]);
});

test('pages speak of the project alone', () => {
  expect(found('see ../shared/house.md', 'ARCHITECTURE.md')).toHaveLength(1);
  expect(found('Co-Authored-By: somebody', 'CONTRIBUTING.md')).toHaveLength(1);
  expect(found('registry=https://registry.example.org', '.npmrc')).toHaveLength(2);
});
