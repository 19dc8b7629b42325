import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { trackedPaths } from '../tracked-files.ts';

/** Where the Rust search lives, from the root. */
export const searchFolder = 'service/search-wasm';
export const wasmPath = `${searchFolder}/search.wasm`;

/** What the module is built from: every file that the compiler or cargo reads. */
export function sourcePaths(root: string): readonly string[] {
  return trackedPaths(root).filter((path) => path.startsWith(`${searchFolder}/`) && /\.(rs|toml|lock)$/.test(path));
}

/** One hash over names and contents: it differs as soon as any of them does. */
export function sourceHash(root: string): string {
  const hash = createHash('sha256');
  for (const path of sourcePaths(root)) {
    const text = readFileSync(join(root, path));
    hash.update(`${path} ${text.length}\n`).update(text);
  }
  return hash.digest('hex');
}
