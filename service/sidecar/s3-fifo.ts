import { type ByteCache, entryBytes } from './byte-cache.ts';
import { Fifo } from './fifo.ts';

/** `queue` is null once the entry was replaced: its place in a queue is then empty. */
type Entry<Value> = { readonly key: string; readonly value: Value; readonly bytes: number; uses: number; queue: 'small' | 'main' | null };

/** Newcomers get a tenth of the bytes: whoever is not asked for again leaves from there, and never displaces what is. */
const smallShare = 0.1;
const usesMax = 3;
const ghostsMin = 16;

/**
 * S3-FIFO (Yang et al., SOSP 2023): a small queue for newcomers, a main queue for what was asked for again, and the names of those that
 * left the small queue lately. A hit moves nothing, it only counts. docs/decisions/0008 has the figures against LRU.
 */
export class S3Fifo<Value> implements ByteCache<Value> {
  private readonly bytesMax: number;
  private readonly entries = new Map<string, Entry<Value>>();
  private readonly small = new Fifo<Entry<Value>>();
  private readonly main = new Fifo<Entry<Value>>();
  private readonly ghosts = new Set<string>();
  private readonly ghostQueue = new Fifo<string>();
  private smallBytes = 0;
  bytes = 0;

  constructor(bytesMax: number) {
    this.bytesMax = bytesMax;
  }

  get size(): number {
    return this.entries.size;
  }

  get(key: string): Value | undefined {
    const entry = this.entries.get(key);
    if (entry === undefined) return undefined;
    if (entry.uses < usesMax) entry.uses += 1;
    return entry.value;
  }

  set(key: string, value: Value, valueBytes: number): void {
    const bytes = valueBytes + key.length + entryBytes;
    const known = this.entries.get(key);
    const queue = known?.queue === 'main' || this.ghosts.delete(key) ? 'main' : 'small';
    if (known !== undefined) this.drop(known);
    if (bytes > this.bytesMax) return;
    while (this.bytes + bytes > this.bytesMax) this.evictOne();
    const entry: Entry<Value> = { key, value, bytes, uses: known?.uses ?? 0, queue };
    this.entries.set(key, entry);
    this.bytes += bytes;
    this.enqueue(entry, queue);
  }

  private enqueue(entry: Entry<Value>, queue: 'small' | 'main'): void {
    entry.queue = queue;
    if (queue === 'small') this.smallBytes += entry.bytes;
    this[queue].push(entry);
  }

  /** Takes one entry out, or moves one on its way to that. */
  private evictOne(): void {
    if (this.smallBytes > this.bytesMax * smallShare || this.smallBytes === this.bytes) this.leaveSmall();
    else this.leaveMain();
  }

  private leaveSmall(): void {
    const entry = this.small.shift();
    if (entry === undefined || entry.queue === null) return;
    if (entry.uses > 1) {
      this.smallBytes -= entry.bytes;
      entry.uses = 0;
      this.enqueue(entry, 'main');
    } else {
      this.drop(entry);
      this.remember(entry.key);
    }
  }

  private leaveMain(): void {
    const entry = this.main.shift();
    if (entry === undefined || entry.queue === null) return;
    if (entry.uses > 0) {
      entry.uses -= 1;
      this.main.push(entry);
    } else this.drop(entry);
  }

  private drop(entry: Entry<Value>): void {
    if (entry.queue === 'small') this.smallBytes -= entry.bytes;
    entry.queue = null;
    this.entries.delete(entry.key);
    this.bytes -= entry.bytes;
  }

  /** As many names as there are entries. */
  private remember(key: string): void {
    this.ghosts.add(key);
    this.ghostQueue.push(key);
    while (this.ghostQueue.length > Math.max(ghostsMin, this.entries.size)) this.ghosts.delete(this.ghostQueue.shift() as string);
  }
}
