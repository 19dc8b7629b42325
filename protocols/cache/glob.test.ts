import { expect, test } from 'vitest';
import { matchesGlob } from './glob.ts';

test.each([
  ['*', '', true],
  ['chest:*', 'chest:1', true],
  ['chest:*', 'ches:1', false],
  ['*:1', 'a:b:1', true],
  ['a*b*c', 'aXbYbZc', true],
  ['a*b*c', 'aXbYbZ', false],
  ['h?llo', 'hello', true],
  ['h?llo', 'hllo', false],
  ['h[ae]llo', 'hallo', true],
  ['h[^ae]llo', 'hallo', false],
  ['h[^ae]llo', 'hxllo', true],
  ['k[0-9]', 'k7', true],
  ['k[9-0]', 'k7', true],
  ['k[0-9]', 'kx', false],
  ['k[\\]]', 'k]', true],
  ['\\*', '*', true],
  ['\\*', 'x', false],
  ['', '', true],
  ['', 'x', false],
])('%j matches %j: %j', (pattern, text, matches) => {
  expect(matchesGlob(pattern, text)).toBe(matches);
});

test('a pattern made to backtrack costs pattern times text steps and not exponential time', () => {
  expect(matchesGlob(`${'a*'.repeat(500)}b`, 'a'.repeat(2000))).toBe(false);
});
