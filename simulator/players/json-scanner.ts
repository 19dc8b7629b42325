/**
 * Walks over JSON that looks as expected, byte by byte, where it lies. Whatever is unusual in any way (an escape, a space, an
 * exponent, a byte that is no ASCII in a name) ends the walk: `sure` is false from then on, and somebody has to parse. It never
 * accepts what a parser would refuse, and never sees another value than a parser would.
 */
export class JsonScanner {
  sure = true;
  private bytes: Uint8Array = new Uint8Array(0);
  private view = new DataView(this.bytes.buffer);
  /** Where the bytes begin in the view. */
  private base = 0;
  private at = 0;
  private to = 0;

  over(bytes: Uint8Array, from: number, to: number): void {
    // Nearly all answers are read into one and the same buffer.
    if (this.bytes !== bytes) {
      this.bytes = bytes;
      this.base = bytes.byteOffset;
      this.view = new DataView(bytes.buffer);
    }
    this.at = from;
    this.to = to;
    this.sure = true;
  }

  /** These bytes come next. */
  literal({ length, words }: Literal): void {
    const { view, at } = this;
    const start = this.base + at;
    this.at = at + length;
    if (this.at > this.to) this.sure = false;
    if (!this.sure) return;
    const last = words.length - 1;
    for (let index = 0; index < last; index++) {
      if (view.getInt32(start + 4 * index, true) !== words[index]) this.sure = false;
    }
    if (view.getInt32(start + length - 4, true) !== words[last]) this.sure = false;
  }

  /** That byte comes next; where another one does, nothing is lost. */
  skips(byte: number): boolean {
    if (this.at >= this.to || this.bytes[this.at] !== byte) return false;
    this.at += 1;
    return true;
  }

  must(byte: number): void {
    if (!this.skips(byte)) this.sure = false;
  }

  /** Nothing comes after this. */
  end(): void {
    if (this.at !== this.to) this.sure = false;
  }

  /**
   * A list of texts up to its end; how many. The opening bracket was read. Maps say the same few words over and over: what is byte for
   * byte one of the last two that were looked at needs no second look.
   */
  texts(): number {
    const { bytes, to } = this;
    let { at } = this;
    let count = 0;
    let before = at;
    let beforeLength = 0;
    if (bytes[at] === listEnd) at += 1;
    else {
      // The position is kept in a variable of this function: most of a map's bytes go through this loop.
      for (;;) {
        const from = at;
        if (bytes[at] !== quote) return this.lost();
        let byte: number;
        do {
          at += 1;
          byte = bytes[at] as number;
        } while (byte > backslash || (byte !== quote && byte !== backslash && byte >= space));
        if (byte !== quote || at >= to) return this.lost();
        count += 1;
        at += 2;
        if (bytes[at - 1] !== comma) break;
        const length = at - from;
        for (let times = 1; times > 0; ) {
          const again = this.repeats(from, length, at);
          at += again * length;
          times = beforeLength === 0 ? 0 : this.repeats(before, beforeLength, at);
          at += times * beforeLength;
          count += again + times;
        }
        before = from;
        beforeLength = length;
      }
      if (bytes[at - 1] !== listEnd) return this.lost();
    }
    // What was read lies within the bytes of the answer only if its end does.
    if (at > to) return this.lost();
    this.at = at;
    return count;
  }

  private lost(): number {
    this.sure = false;
    return 0;
  }

  /** How often the bytes from there come once more, one time behind the other. */
  private repeats(from: number, length: number, at: number): number {
    const { view, base, to } = this;
    const last = length - 4;
    if (last < 0) return 0;
    const wordOfLast = view.getInt32(base + from + last, true);
    let times = 0;
    for (let next = at; next + length <= to; next += length) {
      if (view.getInt32(base + next + last, true) !== wordOfLast) break;
      let same = 0;
      while (same < last && view.getInt32(base + from + same, true) === view.getInt32(base + next + same, true)) same += 4;
      if (same < last) break;
      times += 1;
    }
    return times;
  }

  /** A name and its closing quote: where it begins; its length is in `nameLength`. ASCII only, not empty, at most 200 characters. */
  name(): number {
    const { bytes, to, at: from } = this;
    for (let at = from; at < to; at++) {
      const byte = bytes[at] as number;
      if (byte === quote) {
        this.nameLength = at - from;
        if (at === from || at - from > nameCharsMax) this.sure = false;
        this.at = at + 1;
        return from;
      }
      if (byte === backslash || byte < space || byte >= del) break;
    }
    this.nameLength = 0;
    this.sure = false;
    return from;
  }

  nameLength = 0;

  /** That name and its closing quote. */
  nameIs(expected: string): void {
    const { bytes } = this;
    const from = this.name();
    if (this.nameLength !== expected.length) this.sure = false;
    for (let index = 0; index < expected.length && this.sure; index++) {
      if (bytes[from + index] !== expected.charCodeAt(index)) this.sure = false;
    }
  }

  /** As text. */
  nameAt(from: number): string {
    return textOf(this.bytes, from, from + this.nameLength);
  }

  /**
   * A number of at most fifteen digits without an exponent. The digits as one whole number and the power of ten are both exact, so
   * that their quotient is the double that a parser finds (William Clinger, "How to Read Floating Point Numbers Accurately").
   */
  number(): number {
    const negative = this.skips(minus);
    const from = this.at;
    const whole = this.digits(0);
    const wholeDigits = this.at - from;
    if (wholeDigits === 0 || (wholeDigits > 1 && this.bytes[from] === zero)) this.sure = false;
    if (!this.skips(point)) return this.checked(negative ? -whole : whole, wholeDigits);
    const fractionFrom = this.at;
    const all = this.digits(whole);
    const fractionDigits = this.at - fractionFrom;
    if (fractionDigits === 0) this.sure = false;
    const value = all / (powersOfTen[fractionDigits] ?? 1);
    return this.checked(negative ? -value : value, wholeDigits + fractionDigits);
  }

  private checked(value: number, digits: number): number {
    if (digits > digitsMax) this.sure = false;
    return value;
  }

  private digits(before: number): number {
    const { bytes, to } = this;
    let value = before;
    let at = this.at;
    for (; at < to; at++) {
      const digit = (bytes[at] as number) - zero;
      if (digit < 0 || digit > 9) break;
      value = value * 10 + digit;
    }
    this.at = at;
    return value;
  }
}

/** ASCII text of at least four characters, four in a word; the last word overlaps the one before where they are no multiple of it. */
export type Literal = { length: number; words: readonly number[] };

export function literalOf(text: string): Literal {
  const words: number[] = [];
  for (let at = 0; at + 4 < text.length; at += 4) words.push(wordOf(text, at));
  words.push(wordOf(text, text.length - 4));
  return { length: text.length, words };
}

function wordOf(text: string, at: number): number {
  return text.charCodeAt(at) | (text.charCodeAt(at + 1) << 8) | (text.charCodeAt(at + 2) << 16) | (text.charCodeAt(at + 3) << 24);
}

const comma = 44;
const listEnd = 93;
const quote = 34;
const backslash = 92;
const space = 32;
const del = 127;
const minus = 45;
const point = 46;
const zero = 48;
const nameCharsMax = 200;
const digitsMax = 15;
const powersOfTen = [1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15];

/** The same chests are found over and over: texts are kept, in as many places as there are hot spots in a world. */
const known: string[] = Array.from({ length: 4096 }, () => '');

function textOf(bytes: Uint8Array, from: number, to: number): string {
  let hash = 0;
  for (let at = from; at < to; at++) hash = (Math.imul(hash, 31) + (bytes[at] as number)) | 0;
  const place = (hash ^ (hash >>> 12)) & 4095;
  const text = known[place] as string;
  if (isTextAt(text, bytes, from, to)) return text;
  const fresh = String.fromCharCode.apply(null, bytes.subarray(from, to) as unknown as number[]);
  known[place] = fresh;
  return fresh;
}

function isTextAt(text: string, bytes: Uint8Array, from: number, to: number): boolean {
  if (text.length !== to - from) return false;
  for (let index = 0; index < text.length; index++) if (text.charCodeAt(index) !== bytes[from + index]) return false;
  return true;
}
