import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildSearch } from './search-wasm/build.ts';
import { wasmPath } from './search-wasm/source-hash.ts';

/** Rebuilds the committed WebAssembly module of the search from its Rust source: `node tools/search-wasm.ts`. */
const root = join(import.meta.dirname, '..');
const module = buildSearch(root);
writeFileSync(join(root, wasmPath), module);
process.stdout.write(`${wasmPath}: ${module.length} bytes\n`);
