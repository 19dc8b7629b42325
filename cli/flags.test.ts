import { expect, test } from 'vitest';
import { type FlagName, flagRows, variableOf } from './flags.ts';

const names = Object.keys(flagRows) as FlagName[];
const takesValue = (name: FlagName) => /[<[]/.test(flagRows[name].flag);

test.each(names.filter(takesValue))('%s has an example that its own check takes', (name) => {
  const { example = '', check } = flagRows[name] as { example?: string; check: { safeParse(value: unknown): { success: boolean } } };
  // As a shell would hand it over.
  const value = example.replace(/^'(.*)'$/, '$1');
  expect(value).not.toBe('');
  expect(check.safeParse(value).success).toBe(true);
});

test('a variable is written as its option is', () => {
  expect(variableOf('headersFile')).toBe('LAUNCHSTORM_HEADERS_FILE');
  expect(new Set(names.map(variableOf)).size).toBe(names.length);
});
