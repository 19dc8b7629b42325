/** Bytes that are collected piece by piece; the room doubles, so that memory follows what came and not what was announced. */
export class GrowingBytes {
  bytes: Uint8Array = nothing;
  size = 0;

  append(from: Uint8Array, start: number, end: number): void {
    const needed = this.size + end - start;
    if (needed > this.bytes.length) this.makeRoomFor(needed);
    // A few bytes by hand: the call that copies many has a price of its own.
    if (end - start < 48) for (let at = start; at < end; at++) this.bytes[this.size + at - start] = from[at] as number;
    else this.bytes.set(from.subarray(start, end), this.size);
    this.size = needed;
  }

  /** Empty again, without any memory; whoever still reads the old bytes keeps them. */
  release(): void {
    this.bytes = nothing;
    this.size = 0;
  }

  private makeRoomFor(needed: number): void {
    const grown = new Uint8Array(Math.max(needed, 2 * this.bytes.length, 256));
    grown.set(this.bytes.subarray(0, this.size));
    this.bytes = grown;
  }
}

const nothing = new Uint8Array(0);
