import type { Reply } from '../../resp/reply.ts';
import { array, bulk, error, integer, nothing, okay } from '../../resp/reply.ts';
import type { CacheState, Call, Command } from '../command.ts';
import { reads, readsAndWrites, writes } from '../command.ts';
import { never } from '../keyspace.ts';
import { longest, longNumber, notANumber } from './numbers.ts';

const syntaxError = error('ERR syntax error');
const badExpiry = error("ERR invalid expire time in 'set' command");
const outOfMemory = error("OOM command not allowed when used memory > 'maxmemory'.");

const oneKey = { first: 1, last: 1, step: 1 };

export const stringCommands: readonly Command[] = [
  { name: 'get', arity: 2, keys: { ...oneKey, access: reads }, run: get },
  { name: 'set', arity: -3, keys: { ...oneKey, access: (words) => (wantsOldValue(words) ? readsAndWrites() : writes()) }, run: setKey },
  { name: 'mget', arity: -2, keys: { first: 1, last: -1, step: 1, access: reads }, run: getMany },
  { name: 'mset', arity: -3, keys: { first: 1, last: -1, step: 2, access: writes }, run: setMany },
  { name: 'incr', arity: 2, keys: { ...oneKey, access: readsAndWrites }, run: increment },
];

function get({ state, words }: Call): Reply {
  return valueReply(state.keyspace.read(words[1] as string, state.clock.nowMs()));
}

function getMany({ state, words }: Call): Reply {
  const nowMs = state.clock.nowMs();
  return array(words.slice(1).map((key) => valueReply(state.keyspace.read(key, nowMs))));
}

function setKey({ state, words }: Call): Reply {
  const [, key, value] = words as [string, string, string];
  const options = readSetOptions(words, state.clock.wallMs());
  if ('refusal' in options) return options.refusal;
  const nowMs = state.clock.nowMs();
  const old = state.keyspace.peek(key, nowMs);
  const answer = (otherwise: Reply): Reply => (options.returnsOld ? valueReply(old) : otherwise);
  if ((options.onlyIf === 'absent' && old !== null) || (options.onlyIf === 'present' && old === null)) return answer(nothing);
  const kept = options.keepsExpiry ? (state.keyspace.expiresAtMs(key, nowMs) ?? never) : never;
  const expiresAtMs = options.livesMs === null ? kept : nowMs + options.livesMs;
  return store(state, key, value, expiresAtMs) ?? answer(okay);
}

function setMany({ state, words }: Call): Reply {
  if (words.length % 2 === 0) return error("ERR wrong number of arguments for 'mset' command");
  for (let at = 1; at < words.length; at += 2) {
    const refusal = store(state, words[at] as string, words[at + 1] as string, never);
    if (refusal !== null) return refusal;
  }
  return okay;
}

function increment({ state, words }: Call): Reply {
  const key = words[1] as string;
  const nowMs = state.clock.nowMs();
  const value = longNumber(state.keyspace.peek(key, nowMs) ?? '0');
  if (value === null) return notANumber;
  if (value === longest) return error('ERR increment or decrement would overflow');
  const next = value + 1n;
  return store(state, key, String(next), state.keyspace.expiresAtMs(key, nowMs) ?? never) ?? integer(next);
}

function store(state: CacheState, key: string, value: string, expiresAtMs: number): Reply | null {
  if (!state.keyspace.fits(key, value)) return outOfMemory;
  state.keyspace.write(key, value, expiresAtMs);
  return null;
}

type SetOptions = { onlyIf: 'absent' | 'present' | null; livesMs: number | null; keepsExpiry: boolean; returnsOld: boolean };

/** `EX seconds`, `PX ms`, `NX`, `XX`, `KEEPTTL`, `GET`, in any order; each once, and no two that contradict each other. */
function readSetOptions(words: readonly string[], wallMs: number): SetOptions | { refusal: Reply } {
  const options: SetOptions = { onlyIf: null, livesMs: null, keepsExpiry: false, returnsOld: false };
  let expiry: { unit: 'ex' | 'px'; text: string } | null = null;
  for (let at = 3; at < words.length; at++) {
    const option = (words[at] as string).toLowerCase();
    if (option === 'get') options.returnsOld = true;
    else if (option === 'nx' && options.onlyIf !== 'present') options.onlyIf = 'absent';
    else if (option === 'xx' && options.onlyIf !== 'absent') options.onlyIf = 'present';
    else if (option === 'keepttl' && expiry === null) options.keepsExpiry = true;
    else if ((option === 'ex' || option === 'px') && expiry === null && !options.keepsExpiry && at + 1 < words.length) {
      at += 1;
      expiry = { unit: option, text: words[at] as string };
    } else return { refusal: syntaxError };
  }
  if (expiry === null) return options;
  const livesMs = lifeMs(expiry.text, expiry.unit, wallMs);
  return typeof livesMs === 'number' ? { ...options, livesMs } : { refusal: livesMs };
}

function lifeMs(text: string, unit: 'ex' | 'px', wallMs: number): number | Reply {
  const amount = longNumber(text);
  if (amount === null) return notANumber;
  const ms = unit === 'ex' ? amount * 1000n : amount;
  // The real server keeps the moment of expiry as a 64-bit number of milliseconds since the epoch.
  return amount <= 0n || ms + BigInt(Math.floor(wallMs)) > longest ? badExpiry : Number(ms);
}

function wantsOldValue(words: readonly string[]): boolean {
  return words.slice(3).some((word) => word.toLowerCase() === 'get');
}

function valueReply(value: string | null): Reply {
  return value === null ? nothing : bulk(value);
}
