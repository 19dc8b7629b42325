import type { ParserLimits } from '../resp/request-parser.ts';

/** Everything the cache server holds has a limit; what goes over it is refused, evicted or closed, never kept. */
export type Limits = {
  clientsMax: number;
  /** Replies that a client has not read yet. */
  outputBytesMax: number;
  /** Incomplete requests and unread replies of all clients together. */
  clientsBytesMax: number;
  request: ParserLimits;
  users: {
    usersMax: number;
    nameBytesMax: number;
    passwordsMax: number;
    /** Of keys and of channels, and once more of all selectors together. */
    patternsMax: number;
    patternBytesMax: number;
    selectorsMax: number;
    /** `+select|0` and the like. */
    firstArgumentsMax: number;
  };
  /** What CLIENT SETNAME keeps. */
  clientNameBytesMax: number;
  /** Entries of ACL LOG, and what is kept of the strings in one. */
  denials: { entriesMax: number; textBytesMax: number };
  /** Of KEYS and SCAN: matching costs pattern times key. */
  globBytesMax: number;
};

const mebibyte = 1024 * 1024;

export const limits: Limits = {
  clientsMax: 1024,
  outputBytesMax: 8 * mebibyte,
  clientsBytesMax: 64 * mebibyte,
  request: { bulkBytesMax: 4 * mebibyte, wordsMax: 65_536, heldBytesMax: 8 * mebibyte },
  users: {
    usersMax: 256,
    nameBytesMax: 256,
    passwordsMax: 32,
    patternsMax: 128,
    patternBytesMax: 512,
    selectorsMax: 8,
    firstArgumentsMax: 32,
  },
  clientNameBytesMax: 1024,
  denials: { entriesMax: 128, textBytesMax: 256 },
  globBytesMax: 1024,
};

/** Bounds of `maxmemory`: below, nothing useful fits; above, this is no longer a small private cache. */
export const maxMemoryBytesBounds = { least: mebibyte, most: 4096 * mebibyte, usual: 64 * mebibyte };
