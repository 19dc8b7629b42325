/** Who came first is served first. Taking from the front of a plain array moves everything behind it. */
export class Fifo<Item> {
  private items: Item[] = [];
  private first = 0;

  get size(): number {
    return this.items.length - this.first;
  }

  push(item: Item): void {
    this.items.push(item);
  }

  shift(): Item | undefined {
    const item = this.items[this.first];
    if (item === undefined) return undefined;
    this.first += 1;
    if (this.first > 1000 && 2 * this.first > this.items.length) {
      this.items = this.items.slice(this.first);
      this.first = 0;
    }
    return item;
  }
}
