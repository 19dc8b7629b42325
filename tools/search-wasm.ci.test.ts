import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { buildSearch } from './search-wasm/build.ts';
import { wasmPath } from './search-wasm/source-hash.ts';

const root = join(import.meta.dirname, '..');

test('the committed module is, byte by byte, what its source is compiled to', { timeout: 150_000 }, () => {
  expect(buildSearch(root).equals(readFileSync(join(root, wasmPath)))).toBe(true);
});
