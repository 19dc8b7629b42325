import { colon, comma, cr, isDigit, isWord, lf, space, tab, tokenBytes, valueBytes, wordOf } from './answer-bytes.ts';

/** Instead of a position: the line does not end within the bytes. */
export const partial = -1;
/** Instead of a position: this is no HTTP. */
export const broken = -2;

/** No `content-length`. */
export const unsaid = -1;

/** A `content-length` of more digits is no number that anybody means. */
const lengthMax = 999_999_999_999_999;

const contentLength = wordOf('content-length');
const transferEncoding = wordOf('transfer-encoding');
const connection = wordOf('connection');
const chunked = wordOf('chunked');
const close = wordOf('close');
const keepAlive = wordOf('keep-alive');
const protocol = wordOf('HTTP/1.');

/**
 * An answer's status line and headers, line by line, as strictly as Node's own parser (llhttp) takes them. Of the headers only what
 * frames the body is kept: nothing is made of the others, and nobody here reads them.
 */
export class AnswerHead {
  status = 0;
  contentLength = unsaid;
  /** The last transfer coding is `chunked`: the body says itself where it ends. */
  isChunked = false;
  hasTransferEncoding = false;
  /** Where the digits of the length stood in the bytes of their line. */
  lengthFrom = 0;
  lengthTo = 0;
  private minor = 1;
  private saysClose = false;
  private saysKeepAlive = false;

  begin(): void {
    this.status = 0;
    this.contentLength = unsaid;
    this.isChunked = false;
    this.hasTransferEncoding = false;
    this.minor = 1;
    this.saysClose = false;
    this.saysKeepAlive = false;
  }

  /** What another head says, the length of its body apart. */
  sayAs(head: AnswerHead): void {
    this.status = head.status;
    this.isChunked = head.isChunked;
    this.hasTransferEncoding = head.hasTransferEncoding;
    this.minor = head.minor;
    this.saysClose = head.saysClose;
    this.saysKeepAlive = head.saysKeepAlive;
  }

  /** Whether the connection may carry another exchange, as far as the head says. */
  get staysOpen(): boolean {
    return !this.saysClose && (this.minor === 1 || this.saysKeepAlive);
  }

  /** `HTTP/1.1 200 OK`. Returns where the next line begins. */
  statusLine(bytes: Uint8Array, from: number, to: number): number {
    for (let index = 0; index < protocol.length; index++) {
      if (from + index === to) return partial;
      if (bytes[from + index] !== protocol[index]) return broken;
    }
    if (to - from < 13) return hasLineFeed(bytes, from, to) ? broken : partial;
    const minor = (bytes[from + 7] as number) - 48;
    if (minor !== 0 && minor !== 1) return broken;
    this.minor = minor;
    if (bytes[from + 8] !== space) return broken;
    this.status = statusOf(bytes, from + 9);
    if (this.status < 100) return broken;
    const after = bytes[from + 12];
    if (after !== space && after !== cr) return broken;
    return lineEnd(bytes, from + 12, to);
  }

  /** One header. The empty line that ends the head is not for here. Returns where the next line begins. */
  headerLine(bytes: Uint8Array, from: number, to: number): number {
    const colonAt = nameEnd(bytes, from, to);
    if (colonAt < 0) return colonAt;
    let valueFrom = colonAt + 1;
    while (valueFrom < to && isBlank(bytes[valueFrom] as number)) valueFrom += 1;
    const valueTo = valueEnd(bytes, valueFrom, to);
    if (valueTo < 0) return valueTo;
    return this.take(framingOf(bytes, from, colonAt), bytes, valueFrom, valueTo) ? valueTo + 2 : broken;
  }

  /** A header behind a chunked body, where a length comes too late. */
  trailerLine(bytes: Uint8Array, from: number, to: number): number {
    const colonAt = nameEnd(bytes, from, to);
    if (colonAt < 0) return colonAt;
    const valueTo = valueEnd(bytes, colonAt + 1, to);
    if (valueTo < 0) return valueTo;
    return framingOf(bytes, from, colonAt) === 'content-length' ? broken : valueTo + 2;
  }

  private take(framing: Framing, bytes: Uint8Array, from: number, to: number): boolean {
    switch (framing) {
      case 'content-length':
        return this.takeLength(bytes, from, to);
      case 'transfer-encoding':
        return this.takeCoding(bytes, from, to);
      case 'connection':
        this.takeConnection(bytes, from, to);
        return true;
      case 'nothing':
        return true;
    }
  }

  /** Digits and nothing else, once, and not beside a transfer coding: two ways to find the end find two ends. */
  private takeLength(bytes: Uint8Array, from: number, to: number): boolean {
    if (this.contentLength !== unsaid || this.hasTransferEncoding) return false;
    const end = withoutBlanks(bytes, from, to);
    if (end === from) return false;
    let length = 0;
    for (let at = from; at < end; at++) {
      const byte = bytes[at] as number;
      if (!isDigit(byte)) return false;
      length = 10 * length + byte - 48;
      if (length > lengthMax) return false;
    }
    this.contentLength = length;
    this.lengthFrom = from;
    this.lengthTo = end;
    return true;
  }

  /** What stands behind the last comma. A tab behind that makes it another word, as for Node. */
  private takeCoding(bytes: Uint8Array, from: number, to: number): boolean {
    if (this.contentLength !== unsaid) return false;
    let end = to;
    while (end > from && bytes[end - 1] === space) end -= 1;
    let last = end;
    while (last > from && bytes[last - 1] !== comma) last -= 1;
    while (last < end && isBlank(bytes[last] as number)) last += 1;
    this.hasTransferEncoding = true;
    this.isChunked = isWord(chunked, bytes, last, end);
    return end > from;
  }

  private takeConnection(bytes: Uint8Array, from: number, to: number): void {
    let at = from;
    while (at < to) {
      while (at < to && (bytes[at] === comma || isBlank(bytes[at] as number))) at += 1;
      const start = at;
      while (at < to && tokenBytes[bytes[at] as number] === 1) at += 1;
      if (isWord(close, bytes, start, at)) this.saysClose = true;
      if (isWord(keepAlive, bytes, start, at)) this.saysKeepAlive = true;
      // Whatever is no token ends none.
      if (at === start) at += 1;
    }
  }
}

/** What a header has to do with where the body ends. */
type Framing = 'content-length' | 'transfer-encoding' | 'connection' | 'nothing';

function framingOf(bytes: Uint8Array, from: number, to: number): Framing {
  switch (to - from) {
    case 14:
      return isWord(contentLength, bytes, from, to) ? 'content-length' : 'nothing';
    case 17:
      return isWord(transferEncoding, bytes, from, to) ? 'transfer-encoding' : 'nothing';
    case 10:
      return isWord(connection, bytes, from, to) ? 'connection' : 'nothing';
    default:
      return 'nothing';
  }
}

/** Where the colon is. A name without one, or none before it, is broken: a folded line is, too. */
function nameEnd(bytes: Uint8Array, from: number, to: number): number {
  let at = from;
  while (at < to && tokenBytes[bytes[at] as number] === 1) at += 1;
  if (at === to) return partial;
  return bytes[at] === colon && at > from ? at : broken;
}

/** Where the CR LF behind a value is. */
function valueEnd(bytes: Uint8Array, from: number, to: number): number {
  let at = from;
  while (at < to && valueBytes[bytes[at] as number] === 1) at += 1;
  if (at === to) return partial;
  if (bytes[at] !== cr) return broken;
  if (at + 1 === to) return partial;
  return bytes[at + 1] === lf ? at : broken;
}

/** Where the next line begins: the rest of this one may be anything. A line ends with CR LF and in no other way. */
function lineEnd(bytes: Uint8Array, from: number, to: number): number {
  for (let at = from; at < to; at++) {
    const byte = bytes[at];
    if (byte === lf) return broken;
    if (byte === cr) {
      if (at + 1 === to) return partial;
      return bytes[at + 1] === lf ? at + 2 : broken;
    }
  }
  return partial;
}

function hasLineFeed(bytes: Uint8Array, from: number, to: number): boolean {
  for (let at = from; at < to; at++) if (bytes[at] === lf) return true;
  return false;
}

/** Three digits; 0 where they are none. */
function statusOf(bytes: Uint8Array, from: number): number {
  let status = 0;
  for (let at = from; at < from + 3; at++) {
    const byte = bytes[at] as number;
    if (!isDigit(byte)) return 0;
    status = 10 * status + byte - 48;
  }
  return status;
}

function isBlank(byte: number): boolean {
  return byte === space || byte === tab;
}

function withoutBlanks(bytes: Uint8Array, from: number, to: number): number {
  let end = to;
  while (end > from && isBlank(bytes[end - 1] as number)) end -= 1;
  return end;
}
