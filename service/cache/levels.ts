import { LruCache } from './lru.ts';
import type { SharedCache } from './shared-cache.ts';

/** How a kind of value travels to the shared cache and back; `decode` gives null for what it cannot read. */
export type Codec<Value> = { encode(value: Value): string; decode(text: string): Value | null };

/** `stale`: shown although it is due to be renewed. `negative`: known not to be there. Both only in the sidecar. */
export type LookupResult = 'hit' | 'miss' | 'bypass' | 'lost' | 'corrupt' | 'stale' | 'negative';
export type LevelName = 'process' | 'disk' | 'redis';
export type LookupListener = (level: LevelName, result: LookupResult) => void;

/** A level beyond the process's own memory, nearest first. */
export type Level = { readonly name: 'disk' | 'redis'; readonly cache: SharedCache };

export type LevelsOptions = { entriesMax: number; ttlSeconds: number; nowMs: () => number };

/** Gives the value of a key: from this process, else from the levels beyond, else computed; and stored wherever it was missing. */
export type Remember = <Value>(key: string, codec: Codec<Value>, source: ValueSource<Value>) => Promise<Value>;

/**
 * `waitedMs` hears how long Redis was waited for, before anything is computed. `restMs` is what is left of the request's time: the
 * longest that a level may be waited for, null for no limit.
 */
export type ValueSource<Value> = { compute(): Value; waitedMs(ms: number): void; restMs(): number | null };

export function createLevels(options: LevelsOptions, levels: readonly Level[], onLookup: LookupListener): Remember {
  // A key's first part names its kind, so what comes back under a key is what was stored by the same codec.
  const local = new LruCache<unknown>(options.entriesMax, options.ttlSeconds * 1_000, options.nowMs);
  const beyond = levels.filter(({ cache }) => cache.state() !== 'off');

  return async <Value>(key: string, codec: Codec<Value>, source: ValueSource<Value>): Promise<Value> => {
    const known = local.get(key) as Value | undefined;
    onLookup('process', known === undefined ? 'miss' : 'hit');
    if (known !== undefined) return known;

    const missing: Level[] = [];
    let value: Value | null = null;
    for (const level of beyond) {
      value = await fetchFrom(level, key, codec, source);
      if (value !== null) break;
      missing.push(level);
    }
    value ??= source.compute();
    local.set(key, value);
    if (missing.some(({ cache }) => cache.state() === 'up')) {
      const text = codec.encode(value);
      for (const { cache } of missing) cache.write(key, text);
    }
    return value;
  };

  async function fetchFrom<Value>(level: Level, key: string, codec: Codec<Value>, source: ValueSource<Value>): Promise<Value | null> {
    const askedAtMs = performance.now();
    const answer = await level.cache.read(key, source.restMs());
    // Our own disk is our own work.
    if (level.name === 'redis') source.waitedMs(performance.now() - askedAtMs);
    const value = answer.kind === 'hit' ? codec.decode(answer.text) : null;
    onLookup(level.name, answer.kind === 'hit' && value === null ? 'corrupt' : answer.kind);
    return value;
  }
}
