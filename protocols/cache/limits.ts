import type { ParserLimits } from '../resp/request-parser.ts';

/** Everything the cache server holds has a limit; what goes over it is refused, evicted or closed, never kept. */
export type Limits = {
  clientsMax: number;
  /** Replies that a client has not read yet. */
  outputBytesMax: number;
  /** Incomplete requests and unread replies of all clients together. */
  clientsBytesMax: number;
  request: ParserLimits;
  users: { usersMax: number; nameBytesMax: number; passwordsMax: number; patternsMax: number; patternBytesMax: number };
};

const mebibyte = 1024 * 1024;

export const limits: Limits = {
  clientsMax: 1024,
  outputBytesMax: 8 * mebibyte,
  clientsBytesMax: 64 * mebibyte,
  request: { bulkBytesMax: 4 * mebibyte, wordsMax: 65_536, heldBytesMax: 8 * mebibyte },
  users: { usersMax: 256, nameBytesMax: 256, passwordsMax: 32, patternsMax: 128, patternBytesMax: 1024 },
};

/** Bounds of `maxmemory`: below, nothing useful fits; above, this is no longer a small private cache. */
export const maxMemoryBytesBounds = { least: mebibyte, most: 4096 * mebibyte, usual: 64 * mebibyte };
