import { LruCache } from './lru.ts';
import type { SharedCache } from './shared-cache.ts';

/** How a kind of value travels to the shared cache and back; `decode` gives null for what it cannot read. */
export type Codec<Value> = { encode(value: Value): string; decode(text: string): Value | null };

export type LookupResult = 'hit' | 'miss' | 'bypass' | 'lost' | 'corrupt';
export type LookupListener = (level: 'process' | 'redis', result: LookupResult) => void;

export type TwoLevelOptions = { entriesMax: number; ttlSeconds: number; nowMs: () => number };

/** Gives the value of a key: from this process, else from the shared cache, else computed and stored on both levels. */
export type Remember = <Value>(key: string, codec: Codec<Value>, source: ValueSource<Value>) => Promise<Value>;

/** `waitedMs` hears how long the shared cache was waited for, before anything is computed. */
export type ValueSource<Value> = { compute(): Value; waitedMs(ms: number): void };

export function createTwoLevels(options: TwoLevelOptions, shared: SharedCache, onLookup: LookupListener): Remember {
  // A key's first part names its kind, so what comes back under a key is what was stored by the same codec.
  const local = new LruCache<unknown>(options.entriesMax, options.ttlSeconds * 1_000, options.nowMs);

  return async <Value>(key: string, codec: Codec<Value>, source: ValueSource<Value>): Promise<Value> => {
    const known = local.get(key) as Value | undefined;
    onLookup('process', known === undefined ? 'miss' : 'hit');
    if (known !== undefined) return known;

    const fetched = shared.state() === 'off' ? null : await fetchShared(key, codec, source);
    const value = fetched ?? source.compute();
    local.set(key, value);
    if (fetched === null && shared.state() === 'up') shared.write(key, codec.encode(value));
    return value;
  };

  async function fetchShared<Value>(key: string, codec: Codec<Value>, source: ValueSource<Value>): Promise<Value | null> {
    const askedAtMs = performance.now();
    const answer = await shared.read(key);
    source.waitedMs(performance.now() - askedAtMs);
    const value = answer.kind === 'hit' ? codec.decode(answer.text) : null;
    onLookup('redis', answer.kind === 'hit' && value === null ? 'corrupt' : answer.kind);
    return value;
  }
}
