import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { trackedPaths } from '../tracked-files.ts';
import { type Page, readPage } from './page.ts';

export const root = join(import.meta.dirname, '..', '..');

/** README first, then docs in the order of their numbers: a page may count on those before it. Decisions are history. */
export const pages: readonly Page[] = ['README.md', ...trackedPaths(root).filter((path) => /^docs\/[^/]+\.md$/.test(path))].map((path) =>
  readPage(path, readFileSync(join(root, path), 'utf8')),
);
