import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { buildModule } from './wasm/build.ts';
import { rustModules } from './wasm/modules.ts';

const root = join(import.meta.dirname, '..');

test.each(rustModules)('$path is, byte by byte, what its source is compiled to', { timeout: 150_000 }, (rust) => {
  expect(buildModule(root, rust).equals(readFileSync(join(root, rust.path)))).toBe(true);
});
