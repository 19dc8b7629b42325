import { isDigit } from './answer-bytes.ts';
import { AnswerHead } from './answer-head.ts';

/** Longer heads are read anew each time. */
const bytesMax = 2048;
/** More digits than any body that is taken has; what has more is for the parser to judge. */
const digitsMax = 9;
/** Where no head is like the one before, only one in so many is kept. */
const missesMax = 64;

/**
 * The head of an answer that was read before. A server says the same in each, but for the length of the body and, once a second, the
 * time: what is byte for byte as it was, the digits of the length apart, means what it meant, and needs no second look.
 */
export class KnownHead {
  /** What it said; its length is that of the last answer that was recognised. */
  readonly head = new AnswerHead();
  private readonly copy = new DataView(new ArrayBuffer(bytesMax));
  /** Of the bytes before the digits of the length; 0 while nothing is known. */
  private beforeBytes = 0;
  private afterBytes = 0;
  private isOfUse = true;
  private misses = 0;
  private bytes: Uint8Array = new Uint8Array(0);
  private view = new DataView(this.bytes.buffer);

  /** Where the body begins; -1 where the head has not come whole, or is another one. */
  bodyAt(bytes: Uint8Array, from: number, to: number): number {
    const { beforeBytes, afterBytes } = this;
    const digitsFrom = from + beforeBytes;
    if (beforeBytes === 0 || digitsFrom + afterBytes >= to) return -1;
    if (!this.isSame(bytes, from, 0, beforeBytes)) return -1;
    let length = 0;
    let at = digitsFrom;
    for (; at < to && isDigit(bytes[at] as number); at++) length = 10 * length + (bytes[at] as number) - 48;
    if (at === digitsFrom || at > digitsFrom + digitsMax || at + afterBytes > to) return -1;
    if (!this.isSame(bytes, at, beforeBytes, afterBytes)) return -1;
    this.isOfUse = true;
    this.head.contentLength = length;
    return at + afterBytes;
  }

  /** A head that says how long its body is, whole from `from` up to its body. */
  learn(head: AnswerHead, bytes: Uint8Array, from: number, bodyAt: number): void {
    this.misses += 1;
    if ((!this.isOfUse && this.misses < missesMax) || bodyAt - from > bytesMax) return;
    this.isOfUse = false;
    this.misses = 0;
    this.head.sayAs(head);
    this.beforeBytes = head.lengthFrom - from;
    this.afterBytes = bodyAt - head.lengthTo;
    for (let index = 0; index < this.beforeBytes; index++) this.copy.setUint8(index, bytes[from + index] as number);
    for (let index = 0; index < this.afterBytes; index++) {
      this.copy.setUint8(this.beforeBytes + index, bytes[head.lengthTo + index] as number);
    }
  }

  /** Of at least four bytes, four at a time; the last four overlap those before where they are no multiple of it. */
  private isSame(bytes: Uint8Array, at: number, copyAt: number, length: number): boolean {
    // Nearly all answers are read into one and the same buffer.
    if (this.bytes !== bytes) {
      this.bytes = bytes;
      this.view = new DataView(bytes.buffer);
    }
    const { view, copy } = this;
    const start = bytes.byteOffset + at;
    const last = length - 4;
    for (let index = 0; index < last; index += 4) {
      if (view.getInt32(start + index, true) !== copy.getInt32(copyAt + index, true)) return false;
    }
    return view.getInt32(start + last, true) === copy.getInt32(copyAt + last, true);
  }
}
