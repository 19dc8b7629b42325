import type { Reply } from '../../resp/reply.ts';
import { error, integer } from '../../resp/reply.ts';
import type { Call, Command } from '../command.ts';
import { oneKey, readsAndWrites } from '../command.ts';
import { never } from '../keyspace.ts';
import { longest, longNumber, notANumber, shortest } from './numbers.ts';
import { store } from './strings.ts';

const keys = { ...oneKey, access: readsAndWrites };

/** Values that are signed 64-bit numbers in decimal. */
export const counterCommands: readonly Command[] = [
  { name: 'incr', arity: 2, keys, run: (call) => add(call, 1n) },
  { name: 'decr', arity: 2, keys, run: (call) => add(call, -1n) },
  { name: 'incrby', arity: 3, keys, run: (call) => addWord(call, (amount) => add(call, amount)) },
  { name: 'decrby', arity: 3, keys, run: (call) => addWord(call, (amount) => subtract(call, amount)) },
];

function addWord({ words }: Call, change: (amount: bigint) => Reply): Reply {
  const amount = longNumber(words[2] as string);
  return amount === null ? notANumber : change(amount);
}

function subtract(call: Call, amount: bigint): Reply {
  // The one number whose negative does not exist in 64 bits.
  return amount === shortest ? error('ERR decrement would overflow') : add(call, -amount);
}

function add({ state, words }: Call, amount: bigint): Reply {
  const key = words[1] as string;
  const nowMs = state.clock.nowMs();
  const value = longNumber(state.keyspace.peek(key, nowMs) ?? '0');
  if (value === null) return notANumber;
  const sum = value + amount;
  if (sum > longest || sum < shortest) return error('ERR increment or decrement would overflow');
  return store(state, key, String(sum), state.keyspace.expiresAtMs(key, nowMs) ?? never) ?? integer(sum);
}
