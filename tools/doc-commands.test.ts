import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readPage } from './doc-commands/page.ts';
import { pages, root } from './doc-commands/pages.ts';
import { follow } from './doc-commands/reader.ts';
import { type Checkout, openCheckout } from './fixtures/checkout.ts';

/** What must not run in a test, each with the reason. */
const notRun: { readonly [command: string]: string } = {
  'git clone <where this repository lives> launchstorm && cd launchstorm': 'the tests run in a copy of what they test',
  'npm ci': 'the packages are there; the tests of the package install them anew',
  'npm ci && npm run rehearse': 'the same, and page 1 plays it',
  'npm ci && npm test': 'this is a part of it',
  'npm run rehearse -- launch-day-careless': 'a minute and a half; the long tier plays it',
  'crontab -e': "the machine's own calendar",
  'npx launchstorm load https://staging.example.com --players 200 --for 5m --yes --out rehearsals/staging': 'no such host',
  'npx launchstorm halt': 'needs the installed package; cli has its tests',
  'npx launchstorm halt --lift': 'needs the installed package; cli has its tests',
};

describe('the pages, followed word by word', () => {
  let checkout: Checkout;
  beforeAll(async () => {
    checkout = await openCheckout();
  });
  afterAll(() => checkout.remove());

  test.each(pages.map((page) => [page.path, page] as const))('%s', { timeout: 120_000 }, (_path, page) =>
    follow(page, checkout, { plays: false }),
  );
});

test('what is not run is known, with the reason, and nothing else is', () => {
  const commands = pages
    .flatMap(({ steps }) => steps)
    .flatMap((step) => (step.does === 'run' && step.when === 'never' ? [withoutComment(step.command)] : []));
  expect([...new Set(commands)].sort()).toEqual(Object.keys(notRun).sort());
});

test('every numbered page leads to the next one', () => {
  const numbered = pages.map(({ path }) => path).filter((path) => /^docs\/\d/.test(path));
  expect(numbered.length).toBeGreaterThanOrEqual(5);
  for (const [index, path] of numbered.entries()) {
    const next = numbered[index + 1];
    if (next !== undefined) expect(readFileSync(join(root, path), 'utf8')).toContain(`](${next.replace('docs/', '')})`);
  }
});

describe('a page', () => {
  const page = (...lines: readonly string[]) => readPage('x.md', lines.join('\n')).steps;

  test('has commands, their exit codes, and what they print', () => {
    expect(page('```sh', 'ls  # exit code 2', '', '# no command', 'pwd', '```', 'and', '```text', 'a', '```')).toEqual([
      { line: 2, does: 'run', when: 'always', command: 'ls  # exit code 2', exitCode: 2 },
      { line: 5, does: 'run', when: 'always', command: 'pwd', exitCode: 0 },
      { line: 8, does: 'see', when: 'always', text: 'a\n' },
    ]);
  });

  test('has files to write and edits, and code that is only shown', () => {
    expect(page('```ts a/b.ts', 'x', '```', '```diff c.ts', ' 1', '-2', '+3', '```', '```ts', 'shown', '```')).toEqual([
      { line: 1, does: 'write', path: 'a/b.ts', text: 'x\n' },
      { line: 4, does: 'edit', path: 'c.ts', from: '1\n2\n', to: '1\n3\n' },
    ]);
  });

  test('is not understood where it says how to run something in words that we do not know', () => {
    expect(() => page('```sh norun', 'ls', '```')).toThrow('sh norun');
  });
});

describe('a reader of a page', () => {
  const followed = (...lines: readonly string[]) => {
    const files = new Map([['c.ts', '1\n2\n']]);
    const checkout = {
      run: async (_shell: string, [, command]: readonly string[]) => ({
        exitCode: command === 'false' ? 1 : 0,
        output: `  ${command}\nrest\n`,
      }),
      read: (path: string) => files.get(path) ?? '',
      write: (path: string, text: string) => void files.set(path, text),
    } as unknown as Checkout;
    return follow(readPage('x.md', lines.join('\n')), checkout, { plays: false });
  };

  test('stumbles over a command that ends otherwise than the page says', async () => {
    await followed('```sh', 'true', 'false', '```').then(
      () => expect.unreachable(),
      (error: Error) => expect(error.message).toContain('x.md:3: false'),
    );
  });

  test('stumbles over output that is not there, and over output in another order', async () => {
    await followed('```sh', 'true', '```', '```text', 'true', '…', 'rest', '```');
    await expect(followed('```sh', 'true', '```', '```text', 'rest', 'true', '```')).rejects.toThrow();
    await expect(followed('```sh', 'true', '```', '```text', 'other', '```')).rejects.toThrow();
  });

  test('stumbles over an edit of what is not there', async () => {
    await followed('```diff c.ts', '-2', '+3', '```', '```diff c.ts', ' 3', '+4', '```');
    await expect(followed('```diff c.ts', '-5', '+3', '```')).rejects.toThrow();
  });

  test('keeps of a line what the page leaves out', async () => {
    const before = ['```ts c.ts', 'type A = 1 | 2;', '```', '```diff c.ts', '-type A = …;', '+type A = … | 3;', '```'];
    await followed(...before, '```diff c.ts', '-type A = 1 | 2 | 3;', '+', '```');
    await expect(followed(...before, '```diff c.ts', '-type A = 1 | 2;', '+', '```')).rejects.toThrow();
  });
});

function withoutComment(command: string): string {
  return command.replace(/\s+#.*$/, '');
}
