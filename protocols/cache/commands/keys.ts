import type { Reply } from '../../resp/reply.ts';
import { array, bulk, bulks, error, integer, okay, simple } from '../../resp/reply.ts';
import type { Call, Command } from '../command.ts';
import { namesOnly, oneKey, readsAndWrites, writes } from '../command.ts';
import { matchesGlob } from '../glob.ts';
import { never } from '../keyspace.ts';
import { limits } from '../limits.ts';
import { longNumber, notANumber } from './numbers.ts';

const everyWord = { first: 1, last: -1, step: 1 };
/** The old name is read and deleted, the new one written. */
const oldAndNew = {
  first: 1,
  last: 2,
  step: 1,
  access: (_: readonly string[], at: number) => (at === 1 ? readsAndWrites() : writes()),
};

const syntaxError = error('ERR syntax error');
const longGlob = error(`ERR a pattern has at most ${limits.globBytesMax} bytes here`);

export const keyCommands: readonly Command[] = [
  { name: 'del', arity: -2, keys: { ...everyWord, access: writes }, run: remove },
  { name: 'unlink', arity: -2, keys: { ...everyWord, access: writes }, run: remove },
  { name: 'exists', arity: -2, keys: { ...everyWord, access: namesOnly }, run: countPresent },
  { name: 'touch', arity: -2, keys: { ...everyWord, access: namesOnly }, run: touch },
  { name: 'type', arity: 2, keys: { ...oneKey, access: namesOnly }, run: tellType },
  { name: 'rename', arity: 3, keys: oldAndNew, run: (call) => rename(call) ?? okay },
  { name: 'renamenx', arity: 3, keys: oldAndNew, run: renameIfFree },
  { name: 'keys', arity: 2, run: listKeys },
  { name: 'scan', arity: -2, run: scan },
  { name: 'dbsize', arity: 1, run: ({ state }) => integer(state.keyspace.size) },
  { name: 'flushall', arity: -1, run: flush },
  { name: 'flushdb', arity: -1, run: flush },
];

function remove({ state, words }: Call): Reply {
  const nowMs = state.clock.nowMs();
  return integer(words.slice(1).filter((key) => state.keyspace.has(key, nowMs) && state.keyspace.delete(key)).length);
}

function countPresent({ state, words }: Call): Reply {
  const nowMs = state.clock.nowMs();
  return integer(words.slice(1).filter((key) => state.keyspace.has(key, nowMs)).length);
}

function touch({ state, words }: Call): Reply {
  const nowMs = state.clock.nowMs();
  return integer(words.slice(1).filter((key) => state.keyspace.read(key, nowMs) !== null).length);
}

/** There are only strings. */
function tellType({ state, words }: Call): Reply {
  return simple(state.keyspace.has(words[1] as string, state.clock.nowMs()) ? 'string' : 'none');
}

/** Null when it is done. */
function rename({ state, words }: Call): Reply | null {
  const [, from, to] = words as [string, string, string];
  const nowMs = state.clock.nowMs();
  const value = state.keyspace.peek(from, nowMs);
  const expiresAtMs = state.keyspace.expiresAtMs(from, nowMs) ?? never;
  if (value === null) return error('ERR no such key');
  if (!state.keyspace.fits(to, value)) return error("OOM command not allowed when used memory > 'maxmemory'.");
  state.keyspace.delete(from);
  state.keyspace.write(to, value, expiresAtMs);
  return null;
}

function renameIfFree(call: Call): Reply {
  const [, from, to] = call.words as [string, string, string];
  const nowMs = call.state.clock.nowMs();
  if (call.state.keyspace.has(from, nowMs) && call.state.keyspace.has(to, nowMs)) return integer(0);
  return rename(call) ?? integer(1);
}

function listKeys({ state, words }: Call): Reply {
  const pattern = words[1] as string;
  if (pattern.length > limits.globBytesMax) return longGlob;
  return bulks([...state.keyspace.names(state.clock.nowMs())].filter((key) => matchesGlob(pattern, key)));
}

/** Below this many keys at once, a scan of a large keyspace would look at every key far too often. */
const scanKeysLeast = 1000;
const cursorsMax = 2n ** 64n;

/** `SCAN cursor [MATCH pattern] [COUNT n] [TYPE t]`: whoever is there from first to last call is told at least once. */
function scan({ state, words }: Call): Reply {
  const cursor = /^\d{1,20}$/.test(words[1] as string) ? BigInt(words[1] as string) : cursorsMax;
  if (cursor >= cursorsMax) return error('ERR invalid cursor');
  const options = readScanOptions(words.slice(2));
  if ('kind' in options) return options;
  const { keys, next } = state.keyspace.scan(Number(cursor), Math.max(options.count, scanKeysLeast), state.clock.nowMs());
  const wanted = options.type === 'string' ? keys.filter((key) => matchesGlob(options.pattern, key)) : [];
  return array([bulk(String(next)), bulks(wanted)]);
}

type ScanOptions = { pattern: string; count: number; type: string };

function readScanOptions(words: readonly string[]): ScanOptions | Reply {
  const options: ScanOptions = { pattern: '*', count: 10, type: 'string' };
  for (let at = 0; at < words.length; at += 2) {
    const [option, value] = [(words[at] as string).toLowerCase(), words[at + 1]];
    if (value === undefined || !['match', 'count', 'type'].includes(option)) return syntaxError;
    if (option === 'match') options.pattern = value;
    if (option === 'type') options.type = value.toLowerCase();
    if (option !== 'count') continue;
    const count = longNumber(value);
    if (count === null) return notANumber;
    if (count < 1n) return syntaxError;
    options.count = Number(count);
  }
  return options.pattern.length > limits.globBytesMax ? longGlob : options;
}

function flush({ state, words }: Call): Reply {
  const how = words[1]?.toLowerCase();
  if (words.length > 2 || (how !== undefined && how !== 'sync' && how !== 'async')) return syntaxError;
  state.keyspace.clear();
  return okay;
}
