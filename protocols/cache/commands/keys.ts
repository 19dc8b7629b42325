import type { Reply } from '../../resp/reply.ts';
import { error, integer, okay } from '../../resp/reply.ts';
import type { Call, Command } from '../command.ts';
import { namesOnly, reads, writes } from '../command.ts';
import { never } from '../keyspace.ts';
import { longest, longNumber, notANumber } from './numbers.ts';

const oneKey = { first: 1, last: 1, step: 1 };
const everyWord = { first: 1, last: -1, step: 1 };

export const keyCommands: readonly Command[] = [
  { name: 'del', arity: -2, keys: { ...everyWord, access: writes }, run: remove },
  { name: 'exists', arity: -2, keys: { ...everyWord, access: namesOnly }, run: exists },
  { name: 'expire', arity: -3, keys: { ...oneKey, access: writes }, run: expire },
  { name: 'ttl', arity: 2, keys: { ...oneKey, access: reads }, run: (call) => timeLeft(call, (ms) => Math.floor((ms + 500) / 1000)) },
  { name: 'pttl', arity: 2, keys: { ...oneKey, access: reads }, run: (call) => timeLeft(call, Math.ceil) },
  { name: 'dbsize', arity: 1, run: ({ state }) => integer(state.keyspace.size) },
  { name: 'flushall', arity: -1, run: flush },
  { name: 'flushdb', arity: -1, run: flush },
];

function remove({ state, words }: Call): Reply {
  const nowMs = state.clock.nowMs();
  return integer(words.slice(1).filter((key) => state.keyspace.has(key, nowMs) && state.keyspace.delete(key)).length);
}

function exists({ state, words }: Call): Reply {
  const nowMs = state.clock.nowMs();
  return integer(words.slice(1).filter((key) => state.keyspace.has(key, nowMs)).length);
}

/** -2 where there is no such key, -1 where it never ends. */
function timeLeft({ state, words }: Call, inUnit: (ms: number) => number): Reply {
  const nowMs = state.clock.nowMs();
  const expiresAtMs = state.keyspace.expiresAtMs(words[1] as string, nowMs);
  if (expiresAtMs === null) return integer(-2);
  return integer(expiresAtMs === never ? -1 : inUnit(expiresAtMs - nowMs));
}

type ExpiryCondition = 'nx' | 'xx' | 'gt' | 'lt';

function expire({ state, words }: Call): Reply {
  const [, key, seconds] = words as [string, string, string];
  const conditions = readConditions(words.slice(3));
  if ('kind' in conditions) return conditions;
  const amount = longNumber(seconds);
  if (amount === null) return notANumber;
  const ms = amount * 1000n;
  const wallMs = BigInt(Math.floor(state.clock.wallMs()));
  if (ms + wallMs > longest || ms < -longest) return error("ERR invalid expire time in 'expire' command");
  const nowMs = state.clock.nowMs();
  const current = state.keyspace.expiresAtMs(key, nowMs);
  const wanted = nowMs + Number(ms);
  if (current === null || ![...conditions].every((condition) => holds(condition, current, wanted))) return integer(0);
  if (amount <= 0n) state.keyspace.delete(key);
  else state.keyspace.setExpiry(key, wanted, nowMs);
  return integer(1);
}

function readConditions(words: readonly string[]): Set<ExpiryCondition> | Reply {
  const conditions = new Set<ExpiryCondition>();
  for (const word of words) {
    const condition = word.toLowerCase();
    if (condition !== 'nx' && condition !== 'xx' && condition !== 'gt' && condition !== 'lt')
      return error(`ERR Unsupported option ${word}`);
    conditions.add(condition);
  }
  if (conditions.has('nx') && conditions.size > 1) return error('ERR NX and XX, GT or LT options at the same time are not compatible');
  if (conditions.has('gt') && conditions.has('lt')) return error('ERR GT and LT options at the same time are not compatible');
  return conditions;
}

/** A key that never ends counts as ending later than any other. */
function holds(condition: ExpiryCondition, current: number, wanted: number): boolean {
  switch (condition) {
    case 'nx':
      return current === never;
    case 'xx':
      return current !== never;
    case 'gt':
      return wanted > current;
    case 'lt':
      return wanted < current;
  }
}

function flush({ state, words }: Call): Reply {
  const how = words[1]?.toLowerCase();
  if (words.length > 2 || (how !== undefined && how !== 'sync' && how !== 'async')) return error('ERR syntax error');
  state.keyspace.clear();
  return okay;
}
