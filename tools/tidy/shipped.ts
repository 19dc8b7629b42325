import type { SourceFile } from '../tracked-files.ts';
import { importsOf } from './imports.ts';

/** Where what ships begins: commands, processes that are started by their name, declarations. */
export const shippedEntries: readonly RegExp[] = [/^cli\/main\.ts$/, /^service\/main\.ts$/, /-main\.ts$/, /^scenarios\/[^/]+\.ts$/];

/** Paths of all files that run for a user: the entries and whatever they load, at whatever distance. */
export function shippedPaths(files: readonly SourceFile[]): ReadonlySet<string> {
  const byPath = new Map(files.map((file) => [file.path, file]));
  const shipped = new Set<string>();
  const visit = (path: string): void => {
    const file = byPath.get(path);
    if (file === undefined || shipped.has(path)) return;
    shipped.add(path);
    for (const { target, kind } of importsOf(file)) if (target !== null && kind !== 'type') visit(target);
  };
  for (const { path } of files) if (!/\.test\.ts$/.test(path) && shippedEntries.some((entry) => entry.test(path))) visit(path);
  return shipped;
}
