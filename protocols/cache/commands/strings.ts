import type { Reply } from '../../resp/reply.ts';
import { array, bulk, error, integer, nothing, okay } from '../../resp/reply.ts';
import type { CacheState, Call, Command } from '../command.ts';
import { namesOnly, oneKey, reads, readsAndWrites, writes } from '../command.ts';
import type { ExpiryRequest } from '../expiry.ts';
import { isExpiryUnit, readPositiveExpiry } from '../expiry.ts';
import { never } from '../keyspace.ts';
import { limits } from '../limits.ts';
import { longNumber, notANumber } from './numbers.ts';

const syntaxError = error('ERR syntax error');
const tooLong = error('ERR string exceeds maximum allowed size (proto-max-bulk-len)');
const outOfMemory = error("OOM command not allowed when used memory > 'maxmemory'.");

const pairs = { first: 1, last: -1, step: 2, access: writes };

export const stringCommands: readonly Command[] = [
  { name: 'get', arity: 2, keys: { ...oneKey, access: reads }, run: get },
  { name: 'set', arity: -3, keys: { ...oneKey, access: (words) => (wantsOldValue(words) ? readsAndWrites() : writes()) }, run: setKey },
  { name: 'mget', arity: -2, keys: { first: 1, last: -1, step: 1, access: reads }, run: getMany },
  { name: 'mset', arity: -3, keys: pairs, run: setMany },
  { name: 'msetnx', arity: -3, keys: pairs, run: setManyIfAbsent },
  { name: 'setnx', arity: 3, keys: { ...oneKey, access: writes }, run: setIfAbsent },
  { name: 'setex', arity: 4, keys: { ...oneKey, access: writes }, run: (call) => setExpiring(call, 'ex') },
  { name: 'psetex', arity: 4, keys: { ...oneKey, access: writes }, run: (call) => setExpiring(call, 'px') },
  { name: 'getset', arity: 3, keys: { ...oneKey, access: readsAndWrites }, run: getAndSet },
  { name: 'getdel', arity: 2, keys: { ...oneKey, access: readsAndWrites }, run: getAndDelete },
  { name: 'getex', arity: -2, keys: { ...oneKey, access: readsAndWrites }, run: getAndExpire },
  { name: 'append', arity: 3, keys: { ...oneKey, access: writes }, run: append },
  { name: 'strlen', arity: 2, keys: { ...oneKey, access: namesOnly }, run: length },
  { name: 'getrange', arity: 4, keys: { ...oneKey, access: reads }, run: getRange },
];

/** Null when it is kept; a moment in the past leaves no key. */
export function store(state: CacheState, key: string, value: string, expiresAtMs: number): Reply | null {
  if (!state.keyspace.fits(key, value)) return outOfMemory;
  if (expiresAtMs <= state.clock.nowMs()) state.keyspace.delete(key);
  else state.keyspace.write(key, value, expiresAtMs);
  return null;
}

function get({ state, words }: Call): Reply {
  return valueReply(state.keyspace.read(words[1] as string, state.clock.nowMs()));
}

function getMany({ state, words }: Call): Reply {
  const nowMs = state.clock.nowMs();
  return array(words.slice(1).map((key) => valueReply(state.keyspace.read(key, nowMs))));
}

function setKey({ state, words }: Call): Reply {
  const [, key, value] = words as [string, string, string];
  const options = readSetOptions(words);
  if (options === null) return syntaxError;
  const expiresAtMs = options.expiry === null ? null : readPositiveExpiry({ ...options.expiry, command: 'set' }, state.clock);
  if (typeof expiresAtMs === 'object' && expiresAtMs !== null) return expiresAtMs;
  const nowMs = state.clock.nowMs();
  const old = state.keyspace.peek(key, nowMs);
  const answer = (otherwise: Reply): Reply => (options.returnsOld ? valueReply(old) : otherwise);
  if ((options.onlyIf === 'absent' && old !== null) || (options.onlyIf === 'present' && old === null)) return answer(nothing);
  const kept = options.keepsExpiry ? (state.keyspace.expiresAtMs(key, nowMs) ?? never) : never;
  return store(state, key, value, expiresAtMs ?? kept) ?? answer(okay);
}

function setMany(call: Call): Reply {
  return refusePairs(call.words) ?? storePairs(call) ?? okay;
}

function setManyIfAbsent(call: Call): Reply {
  const refusal = refusePairs(call.words);
  if (refusal !== null) return refusal;
  const nowMs = call.state.clock.nowMs();
  const taken = call.words.some((word, at) => at % 2 === 1 && call.state.keyspace.has(word, nowMs));
  return taken ? integer(0) : (storePairs(call) ?? integer(1));
}

function refusePairs(words: readonly string[]): Reply | null {
  return words.length % 2 === 0 ? error(`ERR wrong number of arguments for '${words[0]?.toLowerCase()}' command`) : null;
}

function storePairs({ state, words }: Call): Reply | null {
  for (let at = 1; at < words.length; at += 2) {
    const refusal = store(state, words[at] as string, words[at + 1] as string, never);
    if (refusal !== null) return refusal;
  }
  return null;
}

function setIfAbsent({ state, words }: Call): Reply {
  const [, key, value] = words as [string, string, string];
  if (state.keyspace.has(key, state.clock.nowMs())) return integer(0);
  return store(state, key, value, never) ?? integer(1);
}

function setExpiring({ state, words }: Call, unit: 'ex' | 'px'): Reply {
  const [, key, text, value] = words as [string, string, string, string];
  const expiresAtMs = readPositiveExpiry({ text, unit, command: unit === 'ex' ? 'setex' : 'psetex' }, state.clock);
  return typeof expiresAtMs === 'number' ? (store(state, key, value, expiresAtMs) ?? okay) : expiresAtMs;
}

function getAndSet({ state, words }: Call): Reply {
  const [, key, value] = words as [string, string, string];
  const old = state.keyspace.peek(key, state.clock.nowMs());
  return store(state, key, value, never) ?? valueReply(old);
}

function getAndDelete({ state, words }: Call): Reply {
  const key = words[1] as string;
  const value = state.keyspace.read(key, state.clock.nowMs());
  state.keyspace.delete(key);
  return valueReply(value);
}

/** `GETEX key [EX|PX|EXAT|PXAT n | PERSIST]`. */
function getAndExpire({ state, words }: Call): Reply {
  const key = words[1] as string;
  const change = readExpiryChange(words.slice(2));
  if (change === null) return syntaxError;
  const nowMs = state.clock.nowMs();
  const value = state.keyspace.read(key, nowMs);
  if (value === null || change === 'none') return valueReply(value);
  const expiresAtMs = change === 'persist' ? never : readPositiveExpiry({ ...change, command: 'getex' }, state.clock);
  if (typeof expiresAtMs !== 'number') return expiresAtMs;
  state.keyspace.setExpiry(key, expiresAtMs, nowMs);
  return valueReply(value);
}

function readExpiryChange(options: readonly string[]): Expiry | 'persist' | 'none' | null {
  const words = options.map((option) => option.toLowerCase());
  if (words.length === 0) return 'none';
  if (words.every((word) => word === 'persist')) return 'persist';
  const [unit, text] = [words[0] as string, options[1]];
  return words.length === 2 && isExpiryUnit(unit) && text !== undefined ? { unit, text } : null;
}

function append({ state, words }: Call): Reply {
  const [, key, tail] = words as [string, string, string];
  const nowMs = state.clock.nowMs();
  const value = (state.keyspace.peek(key, nowMs) ?? '') + tail;
  if (value.length > limits.request.bulkBytesMax) return tooLong;
  return store(state, key, value, state.keyspace.expiresAtMs(key, nowMs) ?? never) ?? integer(value.length);
}

function length({ state, words }: Call): Reply {
  return integer(state.keyspace.peek(words[1] as string, state.clock.nowMs())?.length ?? 0);
}

/** Both ends are included, and count from the end where negative. */
function getRange({ state, words }: Call): Reply {
  const [first, last] = [longNumber(words[2] as string), longNumber(words[3] as string)];
  if (first === null || last === null) return notANumber;
  const value = state.keyspace.read(words[1] as string, state.clock.nowMs()) ?? '';
  const place = (index: bigint): number => Math.max(0, Number(index < 0n ? index + BigInt(value.length) : index));
  if (first < 0n && last < 0n && first > last) return bulk('');
  return bulk(value.slice(place(first), place(last) + 1));
}

type Expiry = Pick<ExpiryRequest, 'unit' | 'text'>;
type SetOptions = { onlyIf: 'absent' | 'present' | null; expiry: Expiry | null; keepsExpiry: boolean; returnsOld: boolean };

/** `EX`, `PX`, `EXAT`, `PXAT` with a number, `NX`, `XX`, `KEEPTTL`, `GET`, in any order; no two that contradict each other. */
function readSetOptions(words: readonly string[]): SetOptions | null {
  const options: SetOptions = { onlyIf: null, expiry: null, keepsExpiry: false, returnsOld: false };
  for (let at = 3; at < words.length; at++) {
    const option = (words[at] as string).toLowerCase();
    if (option === 'get') options.returnsOld = true;
    else if (option === 'nx' && options.onlyIf !== 'present') options.onlyIf = 'absent';
    else if (option === 'xx' && options.onlyIf !== 'absent') options.onlyIf = 'present';
    else if (option === 'keepttl' && options.expiry === null) options.keepsExpiry = true;
    else if (isExpiryUnit(option) && options.expiry === null && !options.keepsExpiry && at + 1 < words.length) {
      at += 1;
      options.expiry = { unit: option, text: words[at] as string };
    } else return null;
  }
  return options;
}

function wantsOldValue(words: readonly string[]): boolean {
  return words.slice(3).some((word) => word.toLowerCase() === 'get');
}

function valueReply(value: string | null): Reply {
  return value === null ? nothing : bulk(value);
}
