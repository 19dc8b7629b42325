/** Three rings of 1,024 buckets: of 1 ms each, of 1,024 ms, of 17.5 minutes. */
const digitBits = 10;
const buckets = 1 << digitBits;
const digitMask = buckets - 1;
const rings = 3;

/** 12.4 days after the clock's zero. What is due later is kept in order all the same, as slowly as a heap does it. */
const lastTick = buckets * buckets * buckets - 1;

/** Nobody before or after it in a bucket's list. */
const none = -1;
/** Instead of a bucket. */
const absent = -2;
const inHeap = -3;

/**
 * What is due when: slots (small whole numbers, each in it at most once) by time, to the fraction of a millisecond. Ties go to
 * whoever was put down first, so that the same crowd always plays in the same order.
 *
 * A slot lies in the finest ring whose current turn holds its millisecond; when the wheel gets to a coarse bucket, what is in it
 * moves to finer ones. Only what is due in the millisecond that is being taken is sorted, in a small heap. Adding and taking cost
 * the same whether a hundred slots wait or a million, and nothing is made for an entry.
 */
export class TimingWheel {
  private dueMs = new Float64Array(64);
  /** When it was put down, for ties. */
  private order = new Float64Array(64);
  private bucketOf = new Int32Array(64).fill(absent);
  private next = new Int32Array(64);
  private previous = new Int32Array(64);
  private readonly heads = new Int32Array(rings * buckets).fill(none);
  /** One bit for each bucket: is anything in it. */
  private readonly occupied = new Int32Array((rings * buckets) / 32);
  /** A binary heap: everything that is due in the cursor's millisecond or before. */
  private heap = new Int32Array(64);
  private heapSize = 0;
  private cursor = 0;
  private nextOrder = 0;
  private entries = 0;

  get size(): number {
    return this.entries;
  }

  /** When the first entry is due; Infinity while there is none. */
  get nextDueMs(): number {
    if (this.entries === 0) return Number.POSITIVE_INFINITY;
    if (this.heapSize === 0) this.turn();
    return this.dueMs[this.heap[0] as number] as number;
  }

  add(slot: number, dueMs: number): void {
    if (!Number.isFinite(dueMs)) throw new RangeError(`Slot ${slot} cannot be due at ${dueMs} ms.`);
    if (slot >= this.bucketOf.length) this.makeRoomFor(slot);
    if (this.bucketOf[slot] !== absent) throw new RangeError(`Slot ${slot} is in the wheel already.`);
    this.dueMs[slot] = dueMs;
    this.order[slot] = this.nextOrder++;
    this.entries += 1;
    this.place(slot);
  }

  /** Takes the first slot that is due by `nowMs`, -1 where none is. However late it is asked, nothing is left out. */
  take(nowMs: number): number {
    if (this.nextDueMs > nowMs) return -1;
    const slot = this.heap[0] as number;
    this.heapSize -= 1;
    this.entries -= 1;
    this.bucketOf[slot] = absent;
    if (this.heapSize > 0) this.sink(this.heap[this.heapSize] as number, 0);
    return slot;
  }

  /** When that slot is due; Infinity where it is not in the wheel. */
  dueMsOf(slot: number): number {
    return slot < this.bucketOf.length && this.bucketOf[slot] !== absent ? (this.dueMs[slot] as number) : Number.POSITIVE_INFINITY;
  }

  /** Takes that slot out before its time, if it is there. */
  remove(slot: number): void {
    const bucket = slot < this.bucketOf.length ? (this.bucketOf[slot] as number) : absent;
    if (bucket === absent) return;
    this.entries -= 1;
    this.bucketOf[slot] = absent;
    if (bucket === inHeap) this.pull(slot);
    else this.unlink(slot, bucket);
  }

  private place(slot: number): void {
    const tick = tickOf(this.dueMs[slot] as number);
    const { cursor } = this;
    if (tick <= cursor) {
      this.enterHeap(slot);
      return;
    }
    // The highest digit in which they differ: everything above it is the same turn.
    const apart = tick ^ cursor;
    const ring = apart < buckets ? 0 : apart < buckets * buckets ? 1 : 2;
    const bucket = ring * buckets + ((tick >> (ring * digitBits)) & digitMask);
    this.link(slot, bucket);
  }

  private link(slot: number, bucket: number): void {
    const head = this.heads[bucket] as number;
    this.heads[bucket] = slot;
    this.bucketOf[slot] = bucket;
    this.previous[slot] = none;
    this.next[slot] = head;
    if (head === none) this.occupied[bucket >> 5] = (this.occupied[bucket >> 5] as number) | (1 << (bucket & 31));
    else this.previous[head] = slot;
  }

  private unlink(slot: number, bucket: number): void {
    const before = this.previous[slot] as number;
    const after = this.next[slot] as number;
    if (before === none) this.heads[bucket] = after;
    else this.next[before] = after;
    if (after !== none) this.previous[after] = before;
    if (this.heads[bucket] === none) this.clear(bucket);
  }

  private clear(bucket: number): void {
    this.heads[bucket] = none;
    this.occupied[bucket >> 5] = (this.occupied[bucket >> 5] as number) & ~(1 << (bucket & 31));
  }

  /** Moves the cursor to the next millisecond in which something is due, and that into the heap. There is something. */
  private turn(): void {
    while (this.heapSize === 0) {
      const bucket = this.firstOccupied();
      const ring = bucket >> digitBits;
      const shift = ring * digitBits;
      const turnOfRing = (this.cursor >> shift) & ~digitMask;
      this.cursor = (turnOfRing | (bucket & digitMask)) << shift;
      this.empty(bucket);
    }
  }

  /** A finer ring lies before every bucket of a coarser one, and in a ring nothing lies behind the cursor. */
  private firstOccupied(): number {
    const { occupied } = this;
    let word = 0;
    while (occupied[word] === 0) word += 1;
    const bits = occupied[word] as number;
    return word * 32 + 31 - Math.clz32(bits & -bits);
  }

  private empty(bucket: number): void {
    let slot = this.heads[bucket] as number;
    this.clear(bucket);
    while (slot !== none) {
      const next = this.next[slot] as number;
      this.place(slot);
      slot = next;
    }
  }

  private enterHeap(slot: number): void {
    if (this.heapSize === this.heap.length) this.heap = doubled(this.heap, new Int32Array(2 * this.heapSize));
    this.bucketOf[slot] = inHeap;
    this.rise(slot, this.heapSize++);
  }

  /** Out of the heap; looked for, as it holds one millisecond and few leave it this way. The last one takes its place. */
  private pull(slot: number): void {
    const index = this.heap.indexOf(slot);
    this.heapSize -= 1;
    if (index === this.heapSize) return;
    const last = this.heap[this.heapSize] as number;
    this.sink(last, index);
    if (this.heap[index] === last) this.rise(last, index);
  }

  private rise(slot: number, from: number): void {
    const { heap } = this;
    let index = from;
    while (index > 0) {
      const parent = (index - 1) >> 1;
      const above = heap[parent] as number;
      if (!this.before(slot, above)) break;
      heap[index] = above;
      index = parent;
    }
    heap[index] = slot;
  }

  private sink(slot: number, from: number): void {
    const { heap, heapSize } = this;
    let index = from;
    for (let child = 2 * from + 1; child < heapSize; child = 2 * index + 1) {
      if (child + 1 < heapSize && this.before(heap[child + 1] as number, heap[child] as number)) child += 1;
      const below = heap[child] as number;
      if (!this.before(below, slot)) break;
      heap[index] = below;
      index = child;
    }
    heap[index] = slot;
  }

  private before(one: number, other: number): boolean {
    const apartMs = (this.dueMs[one] as number) - (this.dueMs[other] as number);
    return apartMs !== 0 ? apartMs < 0 : (this.order[one] as number) < (this.order[other] as number);
  }

  private makeRoomFor(slot: number): void {
    let room = 2 * this.bucketOf.length;
    while (room <= slot) room *= 2;
    this.dueMs = doubled(this.dueMs, new Float64Array(room));
    this.order = doubled(this.order, new Float64Array(room));
    this.bucketOf = doubled(this.bucketOf, new Int32Array(room).fill(absent));
    this.next = doubled(this.next, new Int32Array(room));
    this.previous = doubled(this.previous, new Int32Array(room));
  }
}

function tickOf(dueMs: number): number {
  const tick = Math.floor(dueMs);
  return tick < 0 ? 0 : tick > lastTick ? lastTick : tick;
}

function doubled<Numbers extends Int32Array | Float64Array>(from: Numbers, to: Numbers): Numbers {
  to.set(from);
  return to;
}
