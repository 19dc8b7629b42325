import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildModule } from './wasm/build.ts';
import { rustModules } from './wasm/modules.ts';

/** Rebuilds the committed WebAssembly modules from their Rust sources: `node tools/wasm.ts`. */
const root = join(import.meta.dirname, '..');
for (const rust of rustModules) {
  const bytes = buildModule(root, rust);
  writeFileSync(join(root, rust.path), bytes);
  process.stdout.write(`${rust.path}: ${bytes.length} bytes\n`);
}
