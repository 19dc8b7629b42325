/** A bounded map that forgets what was used longest ago, and whatever is older than its time to live. */
export class LruCache<Value> {
  private readonly entriesMax: number;
  private readonly ttlMs: number;
  private readonly nowMs: () => number;
  /** A Map iterates in order of insertion: the first key is the one used longest ago. */
  private readonly entries = new Map<string, { value: Value; goodUntilMs: number }>();

  constructor(entriesMax: number, ttlMs: number, nowMs: () => number) {
    this.entriesMax = entriesMax;
    this.ttlMs = ttlMs;
    this.nowMs = nowMs;
  }

  get(key: string): Value | undefined {
    const entry = this.entries.get(key);
    if (entry === undefined) return undefined;
    this.entries.delete(key);
    if (entry.goodUntilMs <= this.nowMs()) return undefined;
    this.entries.set(key, entry);
    return entry.value;
  }

  set(key: string, value: Value): void {
    if (this.entriesMax === 0) return;
    this.entries.delete(key);
    if (this.entries.size >= this.entriesMax) this.entries.delete(this.entries.keys().next().value as string);
    this.entries.set(key, { value, goodUntilMs: this.nowMs() + this.ttlMs });
  }

  get size(): number {
    return this.entries.size;
  }
}
