/** Beside key and value: map slot, entry object, two string headers. Measured at 120 to 190 bytes; rather too much than too little. */
const entryOverheadBytes = 200;
/** Entries looked at per sweep: expired ones nobody asks for must not keep memory, and the loop must not stop for them. */
const sweepEntriesMax = 500;

type Entry = { value: string; expiresAtMs: number };

/** Never, as a time. */
export const never = Number.POSITIVE_INFINITY;

/**
 * Keys and values (byte strings) within `maxBytes`. The map's own order is the order of last use, so the entry to evict is its first.
 * Times are milliseconds of the caller's monotonic clock. A class because every request of every player ends here.
 */
export class Keyspace {
  maxBytes: number;
  usedBytes = 0;
  hits = 0;
  misses = 0;
  expired = 0;
  evicted = 0;
  readonly #entries = new Map<string, Entry>();
  #sweep: Iterator<[string, Entry]> | null = null;

  constructor(maxBytes: number) {
    this.maxBytes = maxBytes;
  }

  get size(): number {
    return this.#entries.size;
  }

  /** For reading: counts hit or miss and makes the key the last to be evicted. */
  read(key: string, nowMs: number): string | null {
    const entry = this.#live(key, nowMs);
    if (entry === null) {
      this.misses += 1;
      return null;
    }
    this.hits += 1;
    this.#entries.delete(key);
    this.#entries.set(key, entry);
    return entry.value;
  }

  /** Without counting and without touching the order of use. */
  peek(key: string, nowMs: number): string | null {
    return this.#live(key, nowMs)?.value ?? null;
  }

  has(key: string, nowMs: number): boolean {
    return this.#live(key, nowMs) !== null;
  }

  /** When the key ends (`never` where it does not), or null where there is no such key. */
  expiresAtMs(key: string, nowMs: number): number | null {
    return this.#live(key, nowMs)?.expiresAtMs ?? null;
  }

  setExpiry(key: string, expiresAtMs: number, nowMs: number): void {
    const entry = this.#live(key, nowMs);
    if (entry !== null) entry.expiresAtMs = expiresAtMs;
  }

  /** Whether an entry of that size could be kept at all, were everything else evicted. */
  fits(key: string, value: string): boolean {
    return entryBytes(key, value) <= this.maxBytes;
  }

  /** Evicts the least recently used until the new entry fits; the caller has asked `fits`. */
  write(key: string, value: string, expiresAtMs: number): void {
    this.delete(key);
    this.#evictFor(entryBytes(key, value));
    this.#entries.set(key, { value, expiresAtMs });
    this.usedBytes += entryBytes(key, value);
  }

  delete(key: string): boolean {
    const entry = this.#entries.get(key);
    if (entry === undefined) return false;
    this.#entries.delete(key);
    this.usedBytes -= entryBytes(key, entry.value);
    return true;
  }

  clear(): void {
    this.#entries.clear();
    this.usedBytes = 0;
    this.#sweep = null;
  }

  /** Lowers or raises the limit and evicts down to it. */
  limit(maxBytes: number): void {
    this.maxBytes = maxBytes;
    this.#evictFor(0);
  }

  /** Names of all keys that live. */
  *names(nowMs: number): Iterable<string> {
    for (const [key, { expiresAtMs }] of this.#entries) if (expiresAtMs > nowMs) yield key;
  }

  /**
   * About `count` keys from a place on, and the place to go on from (0: done). The place is a hash of the key and not a position, because
   * reading moves keys: so every key that is there all the time is met.
   */
  scan(from: number, count: number, nowMs: number): { keys: string[]; next: number } {
    const width = Math.ceil((hashes * count) / Math.max(1, this.size));
    const to = from + width;
    const keys: string[] = [];
    for (const key of this.names(nowMs)) {
      const place = placeOf(key);
      if (place >= from && place < to) keys.push(key);
    }
    return { keys, next: to >= hashes ? 0 : to };
  }

  /** Removes expired entries, a bounded number looked at per call; goes on where the last call stopped. */
  sweepExpired(nowMs: number): void {
    this.#sweep ??= this.#entries.entries();
    for (let looked = 0; looked < sweepEntriesMax; looked++) {
      const next = this.#sweep.next();
      if (next.done === true) {
        this.#sweep = null;
        return;
      }
      if (next.value[1].expiresAtMs <= nowMs) this.#expire(next.value[0]);
    }
  }

  #live(key: string, nowMs: number): Entry | null {
    const entry = this.#entries.get(key);
    if (entry === undefined) return null;
    if (entry.expiresAtMs > nowMs) return entry;
    this.#expire(key);
    return null;
  }

  #expire(key: string): void {
    this.delete(key);
    this.expired += 1;
  }

  #evictFor(bytes: number): void {
    for (const key of this.#entries.keys()) {
      if (this.usedBytes + bytes <= this.maxBytes) return;
      this.delete(key);
      this.evicted += 1;
    }
  }
}

const hashes = 2 ** 32;

/** FNV-1a, 32 bits (http://www.isthe.com/chongo/tech/comp/fnv), its bits mixed once more: short keys would crowd in few places. */
function placeOf(key: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < key.length; at++) hash = Math.imul(hash ^ key.charCodeAt(at), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x45d9f3b);
  return (hash ^ (hash >>> 16)) >>> 0;
}

function entryBytes(key: string, value: string): number {
  return key.length + value.length + entryOverheadBytes;
}
