/** The second cache level, shared by all pods. Nothing here rejects: a cache that is away costs hits, not answers. */
export interface SharedCache {
  state(): 'up' | 'down' | 'off';
  /** `withinMs` is what is left of the asking request's time, null for no limit; the cache's own limit counts too. */
  read(key: string, withinMs?: number | null): Promise<SharedRead>;
  /** Stores without being waited for. */
  write(key: string, text: string): void;
  close(): void;
}

/** `bypass`: not asked, because it is known to be away. `lost`: asked, and no answer of use came. */
export type SharedRead = { kind: 'hit'; text: string } | { kind: 'miss' } | { kind: 'bypass' } | { kind: 'lost' };

/** Why the shared cache is of no use at the moment. A closed union: label values of a metric. */
export type AwayReason = 'auth' | 'timeout' | 'connection' | 'other';

export const noSharedCache: SharedCache = {
  state: () => 'off',
  read: () => Promise.resolve({ kind: 'bypass' }),
  write: () => {},
  close: () => {},
};
