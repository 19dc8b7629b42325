import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { guilds, mods, names } from '../simulator/payloads/words.ts';
import { wordsFile } from './words/fake-words.ts';

test('the words of request bodies are those that faker says; `node tools/words.ts` writes them anew', () => {
  expect(readFileSync(join(import.meta.dirname, '../simulator/payloads/words.ts'), 'utf8')).toBe(wordsFile());
});

test('there are enough of them, each once, and none is cut or empty', () => {
  for (const [list, count] of [
    [names.en, 240],
    [names.ar, 50],
    [guilds, 160],
    [mods, 240],
  ] as const) {
    expect(new Set(list).size).toBe(count);
    for (const word of list) expect(word).toMatch(/^\S(.*\S)?$/u);
  }
});
