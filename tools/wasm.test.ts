import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { sectionOf, sourceSection, withSection } from './wasm/custom-section.ts';
import { rustModules } from './wasm/modules.ts';
import { sourceHash, sourcePaths } from './wasm/source-hash.ts';

const root = join(import.meta.dirname, '..');
const emptyModule = Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0);

test.each(rustModules)('$path says that it was built from this source; node tools/wasm.ts rebuilds it', async (rust) => {
  expect(await sectionOf(new Uint8Array(readFileSync(join(root, rust.path))), sourceSection)).toBe(sourceHash(root, rust));
});

test.each(rustModules)('the source of $path is the Rust code and what cargo reads', (rust) => {
  const names = sourcePaths(root, rust).map((path) => path.split('/').at(-1));
  expect(names).toEqual(expect.arrayContaining(['lib.rs', 'Cargo.toml', 'Cargo.lock', 'config.toml']));
});

test('a section is found again, however long, and a module without it has none', async () => {
  const long = 'x'.repeat(300);
  expect(await sectionOf(new Uint8Array(withSection(emptyModule, sourceSection, long)), sourceSection)).toBe(long);
  expect(await sectionOf(emptyModule, sourceSection)).toBeNull();
});
