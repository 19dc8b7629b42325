import { statfs } from 'node:fs/promises';
import { dirname } from 'node:path';

/** Bytes that may still be written below that path, which need not exist yet; null where the system does not say. */
export async function freeBytesAt(path: string): Promise<number | null> {
  try {
    const { bavail, bsize } = await statfs(path);
    return bavail * bsize;
  } catch (error) {
    const parent = dirname(path);
    return isCode(error, ['ENOENT']) && parent !== path ? freeBytesAt(parent) : null;
  }
}

/** No space, or none that this user may have: what frees space helps. */
export function isDiskFull(error: unknown): boolean {
  return isCode(error, ['ENOSPC', 'EDQUOT']);
}

/** The disk and not what we do with it: trying elsewhere or later may help. */
export function isDiskTrouble(error: unknown): boolean {
  return isDiskFull(error) || isCode(error, ['EROFS', 'EIO']);
}

/** What is wrong with the disk and what to do, for people; null where it is not the disk. */
export function diskTrouble(error: unknown): string | null {
  if (!isDiskTrouble(error)) return null;
  const { code, path } = error as NodeJS.ErrnoException;
  const where = path === undefined ? 'the disk' : `the disk that holds ${path}`;
  if (isDiskFull(error)) return `no space is left on ${where} (${code}): free some, then run it again`;
  return `${where} cannot be written any more (${code}): see what the system says of it, or choose another one with --out`;
}

/** Node says of a failed write only that it failed: which file it was is half of the remedy. */
export function naming<T>(path: string, work: Promise<T>): Promise<T> {
  return work.catch((error: unknown) => {
    throw error instanceof Error ? Object.assign(error, { path }) : error;
  });
}

function isCode(error: unknown, codes: readonly string[]): boolean {
  return error instanceof Error && codes.includes((error as NodeJS.ErrnoException).code ?? '');
}
