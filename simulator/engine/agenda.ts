/**
 * What is due when: a binary heap of slots by time. Ties go to whoever was put down first, so that the same crowd always plays in the
 * same order. Each slot is in it at most once; whoever uses it sees to that. Plain arrays of numbers: no object per entry.
 */
export class Agenda {
  private readonly dueMs: number[] = [];
  private readonly order: number[] = [];
  private readonly slots: number[] = [];
  private nextOrder = 0;

  get size(): number {
    return this.slots.length;
  }

  /** When the first entry is due; Infinity while there is none. */
  get nextDueMs(): number {
    return this.dueMs.length === 0 ? Number.POSITIVE_INFINITY : (this.dueMs[0] as number);
  }

  add(slot: number, dueMs: number): void {
    if (!Number.isFinite(dueMs)) throw new RangeError(`Slot ${slot} cannot be due at ${dueMs} ms.`);
    this.dueMs.push(dueMs);
    this.order.push(this.nextOrder++);
    this.slots.push(slot);
    this.rise(this.slots.length - 1);
  }

  /** Takes the first slot that is due by `nowMs`, -1 where none is. */
  take(nowMs: number): number {
    if (this.nextDueMs > nowMs) return -1;
    const slot = this.slots[0] as number;
    this.swap(0, this.slots.length - 1);
    this.dueMs.pop();
    this.order.pop();
    this.slots.pop();
    this.sink(0);
    return slot;
  }

  private rise(from: number): void {
    for (let index = from; index > 0; ) {
      const parent = (index - 1) >> 1;
      if (!this.before(index, parent)) return;
      this.swap(index, parent);
      index = parent;
    }
  }

  private sink(from: number): void {
    for (let index = from; ; ) {
      const left = 2 * index + 1;
      const right = left + 1;
      if (left >= this.slots.length) return;
      const first = right < this.slots.length && this.before(right, left) ? right : left;
      if (!this.before(first, index)) return;
      this.swap(first, index);
      index = first;
    }
  }

  private before(one: number, other: number): boolean {
    const apartMs = (this.dueMs[one] as number) - (this.dueMs[other] as number);
    return apartMs !== 0 ? apartMs < 0 : (this.order[one] as number) < (this.order[other] as number);
  }

  private swap(one: number, other: number): void {
    swapIn(this.dueMs, one, other);
    swapIn(this.order, one, other);
    swapIn(this.slots, one, other);
  }
}

function swapIn(list: number[], one: number, other: number): void {
  const kept = list[one] as number;
  list[one] = list[other] as number;
  list[other] = kept;
}
