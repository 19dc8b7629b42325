/** Whoever waits for a moment; ties go to the lower journey. */
export type Due = { dueMs: number; journey: number };

/** What is due when: a binary heap. The same entries always come out in the same order, in whatever order they went in. */
export class DueQueue<T extends Due> {
  private readonly heap: T[] = [];

  get size(): number {
    return this.heap.length;
  }

  /** The first one, without taking it. */
  get first(): T | undefined {
    return this.heap[0];
  }

  add(entry: T): void {
    const { heap } = this;
    let index = heap.length;
    heap.push(entry);
    while (index > 0) {
      const parent = (index - 1) >> 1;
      if (!isBefore(entry, heap[parent] as T)) break;
      heap[index] = heap[parent] as T;
      index = parent;
    }
    heap[index] = entry;
  }

  take(): T | undefined {
    const { heap } = this;
    const taken = heap[0];
    const last = heap.pop();
    if (last !== undefined && heap.length > 0) this.sink(last);
    return taken;
  }

  private sink(entry: T): void {
    const { heap } = this;
    let index = 0;
    for (;;) {
      const left = 2 * index + 1;
      if (left >= heap.length) break;
      const right = left + 1;
      const next = right < heap.length && isBefore(heap[right] as T, heap[left] as T) ? right : left;
      if (!isBefore(heap[next] as T, entry)) break;
      heap[index] = heap[next] as T;
      index = next;
    }
    heap[index] = entry;
  }
}

function isBefore(one: Due, other: Due): boolean {
  return one.dueMs < other.dueMs || (one.dueMs === other.dueMs && one.journey < other.journey);
}
