import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { trackedPaths } from '../tracked-files.ts';
import type { RustModule } from './modules.ts';

/** What the module is built from: every file that the compiler or cargo reads. */
export function sourcePaths(root: string, { folder }: RustModule): readonly string[] {
  return trackedPaths(root).filter((path) => path.startsWith(`${folder}/`) && /\.(rs|toml|lock)$/.test(path));
}

/** One hash over names and contents: it differs as soon as any of them does. */
export function sourceHash(root: string, rust: RustModule): string {
  const hash = createHash('sha256');
  for (const path of sourcePaths(root, rust)) {
    const text = readFileSync(join(root, path));
    hash.update(`${path} ${text.length}\n`).update(text);
  }
  return hash.digest('hex');
}
