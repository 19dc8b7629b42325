import { inlineWords } from './inline-words.ts';

/** What a client may make a server hold before a request is complete. Bytes and counts; above: protocol error and close. */
export type ParserLimits = {
  /** Of one word. */
  bulkBytesMax: number;
  /** Of one request. */
  wordsMax: number;
  /** Everything held for one client: words read so far and bytes not yet parsed. */
  heldBytesMax: number;
};

/** The stream makes no sense any more: answer `-ERR Protocol error: <message>` and close. */
export class ProtocolError extends Error {}

const lineBytesMax = 64 * 1024;
/** Before a login: enough for HELLO and AUTH, too little to fill a server's memory with. */
const strangersWordsMax = 10;
const strangersBulkBytesMax = 16 * 1024;
/** A word costs memory of its own, however short it is. */
const wordOverheadBytes = 32;

const carriageReturn = 13;
const lineFeed = 10;
const star = 42;
const dollar = 36;

/**
 * Requests out of a byte stream that arrives in any pieces: arrays of bulk strings, or lines that a person typed.
 * Words are byte strings. A class because it runs for every packet.
 */
export class RequestParser {
  /** Raises the strangers' limits to the configured ones. */
  trusted = false;
  readonly #limits: ParserLimits;
  #bytes: Buffer = Buffer.alloc(0);
  #from = 0;
  #to = 0;
  #words: string[] = [];
  #wordBytes = 0;
  #wordsMissing = 0;
  #bulkBytes = -1;

  constructor(limits: ParserLimits) {
    this.#limits = limits;
  }

  /** Bytes that this parser keeps alive until the request is complete. */
  get heldBytes(): number {
    return this.#to - this.#from + this.#wordBytes;
  }

  feed(chunk: Buffer): void {
    if (this.#from === this.#to) {
      this.#bytes = chunk;
      this.#from = 0;
      this.#to = chunk.length;
    } else {
      this.#append(chunk);
    }
  }

  /** The next complete request, or null until more bytes arrive. Throws ProtocolError; the parser must not be used after that. */
  next(): string[] | null {
    while (this.#wordsMissing === 0) {
      if (this.#from === this.#to) return null;
      if (this.#bytes[this.#from] === star) {
        if (!this.#readArrayHead()) return null;
        continue;
      }
      const words = this.#takeInline();
      if (words === null || words.length > 0) return words;
    }
    while (this.#wordsMissing > 0) {
      if (this.#bulkBytes < 0 && !this.#readBulkHead()) return this.#wait();
      if (!this.#readBulk()) return this.#wait();
    }
    return this.#takeWords();
  }

  #readArrayHead(): boolean {
    const line = this.#takeLine('too big mbulk count string');
    if (line === null) return false;
    const count = wholeNumber(line.slice(1));
    if (count === null || count > this.#limits.wordsMax) throw new ProtocolError('invalid multibulk length');
    if (!this.trusted && count > strangersWordsMax) throw new ProtocolError('unauthenticated multibulk length');
    this.#wordsMissing = count > 0 ? count : 0;
    return true;
  }

  #readBulkHead(): boolean {
    const line = this.#takeLine('too big bulk count string');
    if (line === null) return false;
    if (line.charCodeAt(0) !== dollar) throw new ProtocolError(`expected '$', got '${line[0] ?? ' '}'`);
    const length = wholeNumber(line.slice(1));
    if (length === null || length < 0 || length > this.#limits.bulkBytesMax) throw new ProtocolError('invalid bulk length');
    if (!this.trusted && length > strangersBulkBytesMax) throw new ProtocolError('unauthenticated bulk length');
    this.#bulkBytes = length;
    return true;
  }

  #readBulk(): boolean {
    const end = this.#from + this.#bulkBytes;
    // Two bytes for the line break, whatever they are: the real server does not look at them either.
    if (end + 2 > this.#to) return false;
    this.#words.push(this.#bytes.toString('latin1', this.#from, end));
    this.#wordBytes += this.#bulkBytes + wordOverheadBytes;
    this.#from = end + 2;
    this.#bulkBytes = -1;
    this.#wordsMissing -= 1;
    return true;
  }

  /** The words of a typed line (none where it is empty), or null while it is incomplete. */
  #takeInline(): string[] | null {
    const end = this.#bytes.subarray(0, this.#to).indexOf(lineFeed, this.#from);
    if (end < 0) {
      if (this.#to - this.#from > lineBytesMax) throw new ProtocolError('too big inline request');
      return null;
    }
    const words = inlineWords(this.#bytes.toString('latin1', this.#from, end));
    if (words === null) throw new ProtocolError('unbalanced quotes in request');
    this.#from = end + 1;
    return words;
  }

  /** A line without its break, or null while it is incomplete. */
  #takeLine(tooLong: string): string | null {
    const end = this.#bytes.subarray(0, this.#to).indexOf(carriageReturn, this.#from);
    if (end < 0 || end + 1 >= this.#to) {
      if (end < 0 && this.#to - this.#from > lineBytesMax) throw new ProtocolError(tooLong);
      return null;
    }
    const line = this.#bytes.toString('latin1', this.#from, end);
    this.#from = end + 2;
    return line;
  }

  #wait(): null {
    if (this.heldBytes > this.#limits.heldBytesMax) throw new ProtocolError('too big request');
    return null;
  }

  #takeWords(): string[] {
    const words = this.#words;
    this.#words = [];
    this.#wordBytes = 0;
    return words;
  }

  /** Doubles what it keeps, so that a megabyte in one-byte packets is copied a few times and not a million times. */
  #append(chunk: Buffer): void {
    const kept = this.#to - this.#from;
    const needed = kept + chunk.length;
    if (this.#to + chunk.length > this.#bytes.length || this.#from > 0) {
      const room = needed > this.#bytes.length ? Buffer.allocUnsafeSlow(Math.max(needed, kept * 2)) : this.#bytes;
      this.#bytes.copy(room, 0, this.#from, this.#to);
      this.#bytes = room;
      this.#from = 0;
    }
    chunk.copy(this.#bytes, kept);
    this.#to = needed;
  }
}

/** A decimal number as the protocol writes it: no plus sign, no leading zero, no space. */
export function wholeNumber(text: string): number | null {
  return /^(?:0|-?[1-9]\d{0,14})$/.test(text) ? Number(text) : null;
}
