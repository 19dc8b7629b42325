import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const shippedFolder = fileURLToPath(new URL('../scenarios/', import.meta.url));

/** Name -> path. Beside a compiled scenario lies the declaration of its types, which is none. */
export function shippedScenarios(): ReadonlyMap<string, string> {
  const files = readdirSync(shippedFolder).filter((file) => /^[a-z0-9-]+\.[jt]s$/.test(file));
  return new Map(files.map((file) => [file.slice(0, -'.ts'.length), join(shippedFolder, file)]));
}
