/** A cache that is bounded by the bytes of what it holds, keys and bookkeeping included. */
export interface ByteCache<Value> {
  get(key: string): Value | undefined;
  /** `bytes` is the size of the value. What alone is larger than the cache is not kept. */
  set(key: string, value: Value, bytes: number): void;
  readonly bytes: number;
  readonly size: number;
}

/** What an entry takes beside key and value: its object, its places in a map and a queue. Measured at 100 to 140 bytes. */
export const entryBytes = 128;
