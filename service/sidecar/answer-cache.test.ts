import { expect, test } from 'vitest';
import { noSharedCache, type SharedCache } from '../cache/shared-cache.ts';
import { AnswerCache, type Kind, type Load } from './answer-cache.ts';
import type { UpstreamResult } from './upstream.ts';

const kind: Kind = {
  fromShared: (text) => (text === 'rotten' ? null : text),
  fromReply: ({ status, body }) => (status === 200 ? body : null),
  toShared: (kept) => kept,
};
const reply = (status: number, body: string): UpstreamResult => ({ kind: 'reply', reply: { status, headers: {}, body } });

function setUp(shared: SharedCache = noSharedCache, limits = { bytesMax: 100_000, negativeBytesMax: 10_000 }) {
  const state = { nowMs: 0, loads: 0, next: reply(200, 'v1') };
  const lookups: string[] = [];
  const sense = { onLookup: (level: string, result: string) => lookups.push(`${level} ${result}`), nowMs: () => state.nowMs };
  const cache = new AnswerCache({ ...limits, ttlMs: 1_000 }, shared, sense);
  const load: Load = async () => {
    state.loads += 1;
    return state.next;
  };
  const get = async (key = 'k') => cache.known(key, kind, load) ?? (await cache.missing(key, { kind, load, withinMs: 1_000 }));
  return { cache, state, lookups, get, load };
}

test('a fresh value is shown without asking anybody', async () => {
  const { get, state, lookups } = setUp();
  expect([await get(), await get()]).toEqual([
    { kind: 'value', value: 'v1' },
    { kind: 'value', value: 'v1' },
  ]);
  expect([state.loads, lookups]).toEqual([1, ['process miss', 'process hit']]);
});

test('a stale value is shown at once and renewed behind it, once', async () => {
  const { get, state } = setUp();
  await get();
  state.nowMs = 1_500;
  state.next = reply(200, 'v2');
  expect(await Promise.all([get(), get(), get()])).toEqual(Array(3).fill({ kind: 'value', value: 'v1' }));
  await new Promise((resolve) => setImmediate(resolve));
  expect([await get(), state.loads]).toEqual([{ kind: 'value', value: 'v2' }, 2]);
});

test('what is older than ten lives is waited for, and shown only where nothing else is to be had', async () => {
  const { get, state } = setUp();
  await get();
  state.nowMs = 20_000;
  state.next = { kind: 'away' };
  expect(await get()).toEqual({ kind: 'value', value: 'v1' });
  state.next = reply(404, 'gone');
  expect(await get()).toMatchObject({ kind: 'refused' });
});

test('that something is not there is believed for a while, and no flood of such keys displaces a value', async () => {
  const { get, state, cache } = setUp(noSharedCache, { bytesMax: 2_000, negativeBytesMax: 2_000 });
  await get('there');
  state.next = reply(404, 'gone');
  for (let n = 0; n < 1_000; n += 1) await get(`nowhere-${n}`);
  expect(cache.bytes).toBeLessThanOrEqual(4_000);
  expect(await get('there')).toEqual({ kind: 'value', value: 'v1' });
  const loads = state.loads;
  await get('nowhere-999');
  expect(state.loads).toBe(loads);
  state.nowMs = 6_000;
  state.next = reply(200, 'now it is');
  expect(await get('nowhere-999')).toEqual({ kind: 'value', value: 'now it is' });
});

test('other refusals and failures are not remembered', async () => {
  const { get, state } = setUp();
  for (const next of [reply(503, 'x'), reply(400, 'x'), { kind: 'away' }, { kind: 'late' }, { kind: 'full' }] as UpstreamResult[]) {
    state.next = next;
    await get();
  }
  expect(state.loads).toBe(5);
});

test('an answer of an unexpected shape is not passed off as an answer', async () => {
  const { cache, load } = setUp();
  const strict: Kind = { ...kind, fromReply: () => null };
  expect(await cache.missing('k', { kind: strict, load, withinMs: 100 })).toEqual({ kind: 'away' });
});

test('the second level is asked before the main process, and its rubbish is not believed', async () => {
  const stored = new Map([
    ['k', 'from redis'],
    ['l', 'rotten'],
  ]);
  const shared: SharedCache = {
    state: () => 'up',
    read: async (key) => (stored.has(key) ? { kind: 'hit', text: stored.get(key) as string } : { kind: 'miss' }),
    write: (key, text) => void stored.set(key, text),
    close: () => {},
  };
  const { get, state, lookups } = setUp(shared);
  expect(await get('k')).toEqual({ kind: 'value', value: 'from redis' });
  expect(state.loads).toBe(0);
  expect(await get('l')).toEqual({ kind: 'value', value: 'v1' });
  expect([stored.get('l'), lookups.filter((line) => line.startsWith('redis'))]).toEqual(['v1', ['redis hit', 'redis corrupt']]);
});
