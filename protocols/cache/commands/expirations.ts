import type { Reply } from '../../resp/reply.ts';
import { error, integer } from '../../resp/reply.ts';
import type { Call, Command } from '../command.ts';
import { oneKey, reads, writes } from '../command.ts';
import type { ExpiryUnit } from '../expiry.ts';
import { readExpiry } from '../expiry.ts';
import { never } from '../keyspace.ts';

const changes = { arity: -3, keys: { ...oneKey, access: writes } };
const tells = { arity: 2, keys: { ...oneKey, access: reads } };

/** How long keys live. */
export const expiryCommands: readonly Command[] = [
  { name: 'expire', ...changes, run: (call) => expire(call, 'ex') },
  { name: 'pexpire', ...changes, run: (call) => expire(call, 'px') },
  { name: 'expireat', ...changes, run: (call) => expire(call, 'exat') },
  { name: 'pexpireat', ...changes, run: (call) => expire(call, 'pxat') },
  { name: 'persist', ...changes, arity: 2, run: persist },
  { name: 'ttl', ...tells, run: (call) => timeLeft(call, inSeconds) },
  { name: 'pttl', ...tells, run: (call) => timeLeft(call, Math.ceil) },
  { name: 'expiretime', ...tells, run: (call) => timeLeft(call, (ms) => inSeconds(sinceEpochMs(call, ms))) },
  { name: 'pexpiretime', ...tells, run: (call) => timeLeft(call, (ms) => sinceEpochMs(call, ms)) },
];

/** -2 where there is no such key, -1 where it never ends. */
function timeLeft({ state, words }: Call, tell: (ms: number) => number): Reply {
  const nowMs = state.clock.nowMs();
  const expiresAtMs = state.keyspace.expiresAtMs(words[1] as string, nowMs);
  if (expiresAtMs === null) return integer(-2);
  return integer(expiresAtMs === never ? -1 : tell(expiresAtMs - nowMs));
}

function inSeconds(ms: number): number {
  return Math.floor((ms + 500) / 1000);
}

function sinceEpochMs({ state }: Call, ms: number): number {
  return Math.round(state.clock.wallMs() + ms);
}

type Condition = 'nx' | 'xx' | 'gt' | 'lt';

function expire({ state, words }: Call, unit: ExpiryUnit): Reply {
  const [command, key, text] = words as [string, string, string];
  const conditions = readConditions(words.slice(3));
  if ('kind' in conditions) return conditions;
  const wanted = readExpiry({ text, unit, command: command.toLowerCase() }, state.clock);
  if (typeof wanted !== 'number') return wanted;
  const nowMs = state.clock.nowMs();
  const current = state.keyspace.expiresAtMs(key, nowMs);
  if (current === null || ![...conditions].every((condition) => holds(condition, current, wanted))) return integer(0);
  if (wanted <= nowMs) state.keyspace.delete(key);
  else state.keyspace.setExpiry(key, wanted, nowMs);
  return integer(1);
}

function persist({ state, words }: Call): Reply {
  const key = words[1] as string;
  const nowMs = state.clock.nowMs();
  const current = state.keyspace.expiresAtMs(key, nowMs);
  if (current === null || current === never) return integer(0);
  state.keyspace.setExpiry(key, never, nowMs);
  return integer(1);
}

function readConditions(words: readonly string[]): Set<Condition> | Reply {
  const conditions = new Set<Condition>();
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
function holds(condition: Condition, current: number, wanted: number): boolean {
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
