/** Where a walk is that has met anything unusual: behind the end of every answer, so that each further step stays there. */
export const lost = 0x3fff_0000;

/**
 * Walks over JSON that looks as expected, where it lies and several bytes at a time. Each step is given where it begins and says where
 * it ended. Whatever is unusual in any way (an escape, a space, an exponent, a byte that is no ASCII in a name) loses the way, and
 * somebody has to parse. A walk that ends where the answer ends never accepted what a parser would refuse, and never saw another
 * value than a parser would: no step goes back, so that nothing behind the answer's end was taken for a part of it.
 */
export class JsonScanner {
  /** Of the number that was read last. */
  value = 0;
  /** Of the list that was read last, how many texts it has. */
  count = 0;
  private bytes: Uint8Array = new Uint8Array(0);
  private view = new DataView(this.bytes.buffer);
  private to = 0;

  over(bytes: Uint8Array, to: number): void {
    // Nearly all answers are read into one and the same buffer.
    if (this.bytes !== bytes) {
      this.bytes = bytes;
      this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
    }
    this.to = to;
  }

  /** These bytes come next. */
  literal(at: number, { length, first, middle, last }: Literal): number {
    const { view } = this;
    const end = at + length;
    if (end > this.to) return lost;
    if (view.getFloat64(at, true) !== first || view.getFloat64(end - 8, true) !== last) return lost;
    return length <= 16 || view.getFloat64(at + 8, true) === middle ? end : lost;
  }

  /** These few come next. */
  short(at: number, { length, first, last }: ShortLiteral): number {
    const { view } = this;
    const end = at + length;
    if (end > this.to || view.getInt32(at, true) !== first || view.getInt32(end - 4, true) !== last) return lost;
    return end;
  }

  /** Up to the closing quote of a name: ASCII only, not empty, at most 200 characters. */
  name(at: number): number {
    const end = this.plainEnd(at);
    return end > at && end <= at + nameCharsMax && this.bytes[end] === quote ? end : lost;
  }

  /** Up to the closing quote of that name. */
  nameIs(at: number, expected: string): number {
    const end = this.name(at);
    return end < this.to && isTextAt(expected, this.bytes, at, end) ? end : lost;
  }

  /** What was read, as text. */
  text(from: number, to: number): string {
    return textOf(this.bytes, from, to);
  }

  /** That byte, and nothing after it. */
  isLast(at: number, byte: number): boolean {
    return at + 1 === this.to && this.bytes[at] === byte;
  }

  /** Up to the closing bracket of a list of texts. The opening one was read. */
  texts(from: number): number {
    const { bytes, to } = this;
    if (from < to && bytes[from] === listEnd) return this.counted(0, from);
    let count = 0;
    for (let at = from; ; at += 1) {
      at = this.textEnd(at);
      if (at >= to) return lost;
      count += 1;
      if (bytes[at] !== comma) return bytes[at] === listEnd ? this.counted(count, at) : lost;
    }
  }

  /**
   * The same of a list that says a few words over and over, as maps do: what is byte for byte one of the last two that were looked at,
   * comma included, needs no second look. Eight bytes are compared as a double: that of a word is no zero, and where it is no number it
   * is equal to nothing, so that equal ones have equal bytes.
   */
  tiles(from: number): number {
    const { bytes, view, to } = this;
    const last = to - wordBytesMax;
    let at = from;
    let count = 0;
    let length = 0;
    let first = Number.NaN;
    let end = Number.NaN;
    let otherLength = 0;
    let otherFirst = Number.NaN;
    let otherEnd = Number.NaN;
    while (at <= last) {
      for (; at <= last; count++) {
        const next = view.getFloat64(at, true);
        if (next === first && view.getFloat64(at + length - 8, true) === end) at += length;
        else if (next === otherFirst && view.getFloat64(at + otherLength - 8, true) === otherEnd) at += otherLength;
        else break;
      }
      const wordEnd = this.textEnd(at) + 1;
      if (wordEnd > last || bytes[wordEnd - 1] !== comma) break;
      const size = wordEnd - at;
      if (size >= 8 && size <= wordBytesMax) {
        otherLength = length;
        otherFirst = first;
        otherEnd = end;
        length = size;
        first = view.getFloat64(at, true);
        end = view.getFloat64(wordEnd - 8, true);
      }
      at = wordEnd;
      count += 1;
    }
    const listEndAt = this.texts(at);
    // A comma was the last that was read, and no list ends behind one.
    if (count > 0 && this.count === 0) return lost;
    return this.counted(count + this.count, listEndAt);
  }

  /** A text with both its quotes. */
  private textEnd(at: number): number {
    const { bytes, to } = this;
    if (at >= to || bytes[at] !== quote) return lost;
    let end = this.plainEnd(at + 1);
    while (end < to && (bytes[end] as number) > asciiMax) end = this.plainEnd(end + 1);
    return end < to && bytes[end] === quote ? end + 1 : lost;
  }

  /** Where the next byte is that does not simply stand for itself: a quote, a backslash, a control character, or no ASCII. */
  private plainEnd(from: number): number {
    const { bytes, view, to } = this;
    const last = bytes.length - 4;
    let at = from;
    for (; at <= last; at += 4) {
      const word = view.getInt32(at, true);
      // A byte's highest bit is set in it, or by the subtraction. It borrows from higher bytes only: the lowest that is set is right.
      const odd = (word | (word - spaces) | ((word ^ quotes) - ones) | ((word ^ backslashes) - ones)) & highest;
      if (odd !== 0) return (odd & 0x80) !== 0 ? at : (odd & 0x8000) !== 0 ? at + 1 : (odd & 0x800000) !== 0 ? at + 2 : at + 3;
    }
    for (; at < to; at++) {
      const byte = bytes[at] as number;
      if (byte === quote || byte === backslash || byte < space || byte > asciiMax) return at;
    }
    return lost;
  }

  private counted(count: number, end: number): number {
    this.count = count;
    return end;
  }

  /**
   * A number of at most fifteen digits without an exponent. The digits as one whole number and the power of ten are both exact, so
   * that their quotient is the double that a parser finds (William Clinger, "How to Read Floating Point Numbers Accurately").
   */
  number(at: number): number {
    const { bytes, to } = this;
    if (at >= to) return lost;
    const isNegative = bytes[at] === minus;
    const from = isNegative ? at + 1 : at;
    let end = from;
    let whole = 0;
    for (; end < to; end++) {
      const digit = (bytes[end] as number) - zero;
      if (digit < 0 || digit > 9) break;
      whole = whole * 10 + digit;
    }
    const digits = end - from;
    if (digits === 0 || digits > digitsMax || (digits > 1 && bytes[from] === zero)) return lost;
    if (end < to && bytes[end] === point) return this.fraction(end + 1, { isNegative, whole, digits });
    this.value = isNegative ? -whole : whole;
    return end;
  }

  private fraction(from: number, { isNegative, whole, digits }: { isNegative: boolean; whole: number; digits: number }): number {
    const { bytes, to } = this;
    let end = from;
    let all = whole;
    for (; end < to; end++) {
      const digit = (bytes[end] as number) - zero;
      if (digit < 0 || digit > 9) break;
      all = all * 10 + digit;
    }
    const fractionDigits = end - from;
    if (fractionDigits === 0 || digits + fractionDigits > digitsMax) return lost;
    const value = all / (powersOfTen[fractionDigits] as number);
    this.value = isNegative ? -value : value;
    return end;
  }
}

/** ASCII text of 8 to 24 characters, eight in a double: never zero or NaN, so that equal ones have equal bytes. The last overlaps. */
export type Literal = { length: number; first: number; middle: number; last: number };

/** ASCII text of 4 to 8 characters, four in a word; the last overlaps. */
export type ShortLiteral = { length: number; first: number; last: number };

export function literalOf(text: string): Literal {
  const { length } = text;
  const view = viewOf(text);
  const middle = length > 16 ? view.getFloat64(8, true) : 0;
  return { length, first: view.getFloat64(0, true), middle, last: view.getFloat64(length - 8, true) };
}

export function shortLiteralOf(text: string): ShortLiteral {
  const view = viewOf(text);
  return { length: text.length, first: view.getInt32(0, true), last: view.getInt32(text.length - 4, true) };
}

function viewOf(text: string): DataView {
  return new DataView(Uint8Array.from(text, (character) => character.charCodeAt(0)).buffer);
}

const comma = 44;
const listEnd = 93;
const quote = 34;
const backslash = 92;
const space = 32;
const asciiMax = 127;
const minus = 45;
const point = 46;
const zero = 48;
/** Of a word with its quotes and its comma, in two doubles. */
const wordBytesMax = 16;
/** One byte four times. */
const ones = 0x01010101;
const spaces = space * ones;
const quotes = quote * ones;
const backslashes = backslash * ones;
const highest = 0x80808080 | 0;
const nameCharsMax = 200;
const digitsMax = 15;
const powersOfTen = [1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15];

/** The same chests are found over and over: texts are kept, in as many places as there are hot spots in a world. */
const known: string[] = Array.from({ length: 4096 }, () => '');

export function textOf(bytes: Uint8Array, from: number, to: number): string {
  let hash = 0;
  for (let at = from; at < to; at++) hash = (Math.imul(hash, 31) + (bytes[at] as number)) | 0;
  const place = (hash ^ (hash >>> 12)) & 4095;
  const text = known[place] as string;
  if (isTextAt(text, bytes, from, to)) return text;
  const fresh = String.fromCharCode.apply(null, bytes.subarray(from, to) as unknown as number[]);
  known[place] = fresh;
  return fresh;
}

export function isTextAt(text: string, bytes: Uint8Array, from: number, to: number): boolean {
  if (text.length !== to - from) return false;
  for (let index = 0; index < text.length; index++) if (text.charCodeAt(index) !== bytes[from + index]) return false;
  return true;
}
