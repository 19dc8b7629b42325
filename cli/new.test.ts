import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Checkout, type Ended, openCheckout } from '../tools/fixtures/checkout.ts';
import { prepareStarter } from './new.ts';

const timeout = 120_000;
let checkout: Checkout;
let elsewhere: string;

beforeAll(async () => {
  checkout = await openCheckout();
  elsewhere = join(checkout.around, 'a team');
  mkdirSync(elsewhere);
});
afterAll(() => checkout.remove());

describe('in a checkout', { timeout }, () => {
  test('scenario, persona and fault are written with their tests, and the next steps are said', async () => {
    expect(await made('scenario', 'night-market')).toMatchObject({ exitCode: 0, output: expect.stringContaining('plan night-market') });
    expect(await made('persona', 'night-owl')).toMatchObject({ exitCode: 0, output: expect.stringContaining("'night-owl': nightOwl") });
    expect(await made('fault', 'pod-nap')).toMatchObject({ exitCode: 0, output: expect.stringContaining("| 'pod-nap'") });
  });

  test('nothing is written over, and nothing is left of a second try', async () => {
    const before = checkout.read('simulator/players/night-owl.ts');
    const again = await made('persona', 'night-owl');
    expect(again).toMatchObject({ exitCode: 64, output: expect.stringContaining('is never overwritten') });
    expect(again.output.match(/night-owl(\.test)?\.ts: is there already/g)).toHaveLength(2);
    expect(checkout.read('simulator/players/night-owl.ts')).toBe(before);
    expect(await made('fault', 'redis-auth')).toMatchObject({ exitCode: 64 });
  });

  test('their tests fail before the rows are there, and say which is missing', async () => {
    const { exitCode, output } = await tested('simulator/players/night-owl.test.ts');
    expect({ exitCode, output }).toMatchObject({ exitCode: 1, output: expect.stringContaining('night-owl is in the table') });
  });

  test('with the rows that were said they are clean, fit the types, and their tests pass', async () => {
    addRows();
    expect(await checkout.node(['tools/lint.ts', ...written])).toMatchObject({ exitCode: 0 });
    expect(ofOurs(await checkout.node(['node_modules/typescript/bin/tsc', '--noEmit']))).toEqual([]);
    expect(ofOurs(await checkout.node(['node_modules/typescript/bin/tsc', '--noEmit', '-p', 'tsconfig.pure.json']))).toEqual([]);
    const { exitCode, output } = await tested(...written, 'simulator/players/persona.test.ts', 'chaos/faults/contract.test.ts');
    expect({ exitCode, output }).toMatchObject({ exitCode: 0, output: expect.stringContaining('Test Files  5 passed') });
  });

  test('the tool knows them: a plan of a scenario that names both', async () => {
    const text = checkout.read('scenarios/night-market.ts');
    checkout.write(
      'scenarios/night-market.ts',
      text.replace('explorer: 6,', "'night-owl': 6,").replace("{ kind: 'pod-kill', variant: 'crash', pods: 1 }", "{ kind: 'pod-nap' }"),
    );
    const { exitCode, output } = await checkout.node(['cli/main.ts', 'plan', 'night-market', '--seed', '7']);
    expect({ exitCode, output }).toMatchObject({ exitCode: 0 });
    expect(output).toMatch(/night-owl 6/);
    expect(output).toMatch(/pod-nap\/crash for 6\.0 s: SIGKILL of one pod/);
  });
});

describe('anywhere else', { timeout }, () => {
  const main = () => join(checkout.root, 'cli/main.ts');
  const inTeam = (...args: readonly string[]) =>
    checkout.run('sh', ['-c', 'cd "$0" && "$@"', elsewhere, process.execPath, main(), ...args]);

  test('a scenario is written where it is asked for, with the types of the package, and can be planned', async () => {
    expect(await inTeam('new', 'scenario', 'market-day')).toMatchObject({ exitCode: 0 });
    expect(readdirSync(elsewhere).sort()).toEqual(['market-day.test.mjs', 'market-day.ts']);
    expect(checkout.read(join('..', 'a team', 'market-day.ts'))).toContain("import type { Scenario } from 'launchstorm/scenario';");
    expect(await inTeam('plan', './market-day.ts')).toMatchObject({ exitCode: 0, output: expect.stringContaining('Market day') });
  });

  test('its own test passes with the tool installed, and fails on a scenario with a problem', async () => {
    const bin = join(elsewhere, 'node_modules/.bin');
    mkdirSync(bin, { recursive: true });
    writeFileSync(join(bin, 'launchstorm'), `#!/bin/sh\nexec "${process.execPath}" "${main()}" "$@"\n`, { mode: 0o755 });
    const check = () => checkout.run('sh', ['-c', 'cd "$0" && node --test market-day.test.mjs', elsewhere]);
    expect(await check()).toMatchObject({ exitCode: 0 });
    writeFileSync(join(elsewhere, 'market-day.ts'), 'export const scenario = { title: "", expect: [] };\n');
    expect(await check()).toMatchObject({ exitCode: 1, output: expect.stringContaining('title') });
  });

  test('a persona and a fault are refused, with the reason, and nothing is written', async () => {
    for (const kind of ['persona', 'fault']) {
      const refused = await inTeam('new', kind, 'courier');
      expect(refused).toMatchObject({ exitCode: 64, output: expect.stringContaining('this is no checkout of its repository') });
    }
    expect(existsSync(join(elsewhere, 'simulator'))).toBe(false);
  });
});

describe('names', () => {
  const problems = (kind: string, name: string) => {
    const prepared = prepareStarter(kind, name, checkout.root);
    return prepared.ok ? [] : prepared.problems.map(({ problem }) => problem);
  };

  test.each(['Market', 'market_day', '2-fast', '-x', 'x-', 'a--b', '../x', 'a/b', ''])('"%s" is no name', (name) => {
    expect(problems('scenario', name)).toEqual(['is no kebab-case name']);
  });

  test('what is wrong is said at once', () => {
    expect(problems('boss', 'Bad Name')).toHaveLength(2);
    expect(problems('scenario', 'x'.repeat(41))).toEqual(['has 41 letters']);
  });

  test('a constant is called by no word of the language, and by none that its file needs', () => {
    for (const name of ['class', 'pause', 'play-chain']) expect(problems('persona', name)).toHaveLength(1);
    expect(problems('scenario', 'class')).toEqual([]);
  });
});

const written = [
  'scenarios/night-market.ts',
  'scenarios/night-market.test.ts',
  'simulator/players/night-owl.ts',
  'simulator/players/night-owl.test.ts',
  'chaos/faults/pod-nap.ts',
  'chaos/faults/pod-nap.test.ts',
];

function made(kind: string, name: string): Promise<Ended> {
  return checkout.node(['cli/main.ts', 'new', kind, name]);
}

function tested(...paths: readonly string[]): Promise<Ended> {
  return checkout.node(['node_modules/vitest/vitest.mjs', 'run', '--project', 'test', ...paths], 100_000);
}

/** What the command said is left to do by hand. */
function addRows(): void {
  insert('simulator/players/table.ts', /(const personas: .* = \{[^}]*[^\s,}]),?(\s*\};)/, "$1, 'night-owl': nightOwl$2");
  insert('simulator/players/table.ts', 'import type { Persona }', "import { nightOwl } from './night-owl.ts';\nimport type { Persona }");
  insert('chaos/fault.ts', /(type FaultKind =[^;]*);/, "$1 | 'pod-nap';");
  insert('chaos/faults/table.ts', "  'redis-auth': redisAuth,", "  'redis-auth': redisAuth,\n  'pod-nap': podNap,");
  insert('chaos/faults/table.ts', 'import { redisAuth }', "import { podNap } from './pod-nap.ts';\nimport { redisAuth }");
  const row = "z.strictObject({ kind: z.literal('pod-nap'), variant: z.enum(['crash']).default('crash').describe('one pod, once') }),";
  insert('rehearsal/scenario.ts', "z.discriminatedUnion('kind', [", `z.discriminatedUnion('kind', [\n  ${row}`);
}

function insert(path: string, place: string | RegExp, text: string): void {
  const before = checkout.read(path);
  const after = before.replace(place, text);
  expect({ path, changed: after !== before }).toEqual({ path, changed: true });
  checkout.write(path, after);
}

/** What the compiler says about what was written or touched here: others may be at work in the rest of the tree. */
function ofOurs({ output }: Ended): readonly string[] {
  const touched = [...written, 'simulator/players/table.ts', 'chaos/fault', 'rehearsal/scenario.ts'];
  return output.split('\n').filter((line) => touched.some((path) => line.startsWith(path)));
}
