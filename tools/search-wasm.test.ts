import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { sectionOf, sourceSection, withSection } from './search-wasm/custom-section.ts';
import { sourceHash, sourcePaths, wasmPath } from './search-wasm/source-hash.ts';

const root = join(import.meta.dirname, '..');
const emptyModule = Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0);

test('the committed module says that it was built from this source; node tools/search-wasm.ts rebuilds it', async () => {
  expect(await sectionOf(new Uint8Array(readFileSync(join(root, wasmPath))), sourceSection)).toBe(sourceHash(root));
});

test('its source is the Rust code and what cargo reads', () => {
  const names = sourcePaths(root).map((path) => path.split('/').at(-1));
  expect(names).toEqual(expect.arrayContaining(['lib.rs', 'Cargo.toml', 'Cargo.lock', 'config.toml']));
});

test('a section is found again, however long, and a module without it has none', async () => {
  const long = 'x'.repeat(300);
  expect(await sectionOf(new Uint8Array(withSection(emptyModule, sourceSection, long)), sourceSection)).toBe(long);
  expect(await sectionOf(emptyModule, sourceSection)).toBeNull();
});
