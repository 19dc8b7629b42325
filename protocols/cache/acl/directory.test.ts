import fc from 'fast-check';
import { expect, test } from 'vitest';
import { listUsers, login, newDirectory, setUser } from './directory.ts';
import { modifier } from './fixtures/random-rules.ts';

const lineOf = (lines: readonly string[], name: string): string => lines.find((line) => line.startsWith(`user ${name} `)) as string;

test('a line of ACL LIST replayed on a changed user restores it byte for byte', () => {
  fc.assert(
    fc.property(fc.array(modifier, { maxLength: 25 }), fc.array(modifier, { maxLength: 6 }), (made, broken) => {
      const directory = newDirectory('');
      for (const word of made) setUser(directory, 'u', [word]);
      setUser(directory, 'u', []);
      const saved = lineOf(listUsers(directory), 'u');
      // The flag about payloads cannot be taken back by any word of the language; see the conformance case about `reset`.
      for (const word of broken) if (!/payload|^reset$/.test(word)) setUser(directory, 'u', [word]);
      const undo = ['resetpass', 'resetkeys', 'resetchannels', 'clearselectors', ...saved.split(' ').slice(2)];
      expect(setUser(directory, 'u', undo)).toBeNull();
      expect(lineOf(listUsers(directory), 'u')).toBe(saved);
    }),
  );
});

test('a request with one bad word changes nothing', () => {
  const directory = newDirectory('secret');
  const before = listUsers(directory);
  expect(setUser(directory, 'default', ['resetpass', '>other', '-@all', 'nonsense'])).toContain('Syntax error');
  expect(listUsers(directory)).toEqual(before);
  expect(login(directory, 'default', 'secret')?.name).toBe('default');
});

test('users, passwords and patterns are limited', () => {
  const directory = newDirectory('');
  const many = (count: number, make: (n: number) => string): string[] => Array.from({ length: count }, (_, n) => make(n));
  expect(
    setUser(
      directory,
      'u',
      many(33, (n) => `>p${n}`),
    ),
  ).toContain('limit');
  expect(
    setUser(
      directory,
      'u',
      many(129, (n) => `~k${n}`),
    ),
  ).toContain('limit');
  expect(setUser(directory, 'u', [`~${'x'.repeat(2000)}`])).toContain('limit');
  for (let n = 0; n < 300; n++) setUser(directory, `user${n}`, []);
  expect(directory.users.size).toBe(256);
});
