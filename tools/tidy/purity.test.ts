import { describe, expect, test } from 'vitest';
import { purity } from './purity.ts';

const found = (text: string, path = 'simulator/players/explorer.ts') => purity.check([{ path, text }]);

describe('in a pure room', () => {
  const impure: readonly string[] = [
    'const a = Math.random();',
    'const a = Math.log(2);',
    'const a = Math.log10(2);',
    'const a = Math.pow(2, 3);',
    'const a = Math.sqrt(2);',
    'const a = Math.sin(2);',
    'const a = Math.atan2(2, 1);',
    'const { exp } = Math;',
    'const a = 2 ** 3;',
    'const a = new Date();',
    'const a = Date.now();',
    'const a = performance.now();',
    'setTimeout(run, 3);',
    'setInterval(run, 3);',
    'const a = process.env;',
    'const a = globalThis;',
    'const a = Buffer.from(b);',
    'fetch(url);',
    'crypto.randomUUID();',
    'console.log(a);',
    'a.sort((b, c) => b.localeCompare(c));',
    'a ??= b;',
    'a ||= b;',
    'a &&= b;',
    "a.replaceAll('b', 'c');",
    "const a = await import('./a.ts');",
    'const a = import.meta.dirname;',
    'for await (const a of b) run(a);',
    'async function* a() {}',
    "import { readFileSync } from 'node:fs';",
    "import { z } from 'zod';",
    "import type { Faker } from '@faker-js/faker';",
  ];
  test.each(impure)('%s is found, with what to write instead', (text) => {
    const findings = found(text);
    expect(findings.length).toBeGreaterThan(0);
    expect(findings[0]?.remedy).not.toBe('');
  });

  const pure: readonly string[] = [
    'const a = Math.floor(b) + Math.imul(c, d);',
    'export function* behave(player: Player): Life { yield* search(player); }',
    'const a = await sleep(clock, 3);',
    'const a = pod.process;',
    'const alive = (process: PodProcess) => process.pid;',
    "const a = 'Math.random() and Date';",
    '// Math.log differs between engines',
    '/** doubled: 2 ** n */',
    "import { draw } from '../../core/random.ts';",
  ];
  test.each(pure)('%s is fine', (text) => {
    expect(found(text)).toEqual([]);
  });
});

test('rooms with effects and tests are free', () => {
  expect(found('const a = Date.now();', 'machine/system-clock.ts')).toEqual([]);
  expect(found('const a = Math.random();', 'simulator/players/explorer.test.ts')).toEqual([]);
});

test('scenarios may name the types of packages, not their values', () => {
  expect(found("import type { z } from 'zod';", 'scenarios/launch-day.ts')).toEqual([]);
  expect(found("import { z } from 'zod';", 'scenarios/launch-day.ts')).toHaveLength(1);
});
