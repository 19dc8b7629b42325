import { cr, lf } from './answer-bytes.ts';
import { AnswerHead, broken, partial, unsaid } from './answer-head.ts';
import { ChunkLine, lineBreakEnd } from './chunk-line.ts';
import { GrowingBytes } from './growing-bytes.ts';
import { KnownHead } from './known-head.ts';

/** An answer beyond 1 MiB is given up: the largest honest one has a hundredth of that. */
export const bodyBytesMax = 1_048_576;

/** Of all heads of an exchange, interim ones included, with trailers and chunk extensions. */
export const headBytesMax = 65_536;

/** Room on a chunk's line for its length; what is longer counts as head. */
const chunkLineBytes = 18;

export type Progress = 'more' | 'complete' | 'malformed' | 'oversized';

/** What the next byte belongs to. */
type Part = 'status' | 'headers' | 'length' | 'until-close' | 'chunk-size' | 'chunk' | 'chunk-end' | 'trailers' | 'done';

const nothing = new Uint8Array(0);

/**
 * One answer, from its first byte to its last, in whatever pieces it comes. What comes whole is left where it is; only the line or
 * the body that a read cuts in two is copied.
 */
export class AnswerParser {
  /** Of a complete answer the body, from `bodyFrom` to `bodyTo`; until the bytes that it was read from are used again. */
  body: Uint8Array = nothing;
  bodyFrom = 0;
  bodyTo = 0;
  /** The head of an earlier answer of the same server. */
  known: KnownHead;
  /** Where in the bytes of the last read the answer ended. */
  end = 0;
  private readonly head = new AnswerHead();
  private readonly chunk = new ChunkLine();
  private part: Part = 'status';
  private trouble: 'malformed' | 'oversized' = 'malformed';
  /** Of the body or the chunk, what is still to come. */
  private left = 0;
  private headBytes = 0;
  /** Where the answer begins in the bytes of this read; -1 where an earlier one has begun it. */
  private beganAt = -1;
  /** A line whose end is still to come. */
  private readonly line = new GrowingBytes();
  /** The body, as soon as a read has cut it. */
  private readonly copy = new GrowingBytes();

  constructor(known = new KnownHead()) {
    this.known = known;
  }

  get status(): number {
    return this.head.status;
  }

  /** Whether anything of the answer has come. */
  get hasBegun(): boolean {
    return this.headBytes > 0 || this.line.size > 0;
  }

  /** Whether the connection may carry another exchange, as far as the answer says. After a 101 it speaks no HTTP any more. */
  get staysOpen(): boolean {
    return this.head.staysOpen && this.status !== 101;
  }

  /** Forgets everything, for the next answer. */
  begin(): void {
    this.head.begin();
    this.body = nothing;
    this.part = 'status';
    this.trouble = 'malformed';
    this.headBytes = 0;
    this.line.release();
    this.copy.release();
  }

  /** Where chunks have to be joined, bytes are moved within what is given. */
  read(bytes: Uint8Array, from: number, to: number): Progress {
    this.bodyFrom = from;
    this.bodyTo = from;
    let at = this.hasBegun || this.part !== 'status' ? this.goOn(bytes, from, to) : this.start(bytes, from, to);
    while (at >= 0 && at < to && this.part !== 'done') at = this.step(bytes, at, to);
    if (at === broken || this.headBytes + this.line.size > headBytesMax) return this.trouble;
    if (this.part === 'done') {
      this.end = at;
      return this.complete(bytes);
    }
    if (this.copy.size === 0) this.copy.append(bytes, this.bodyFrom, this.bodyTo);
    return 'more';
  }

  /** The first bytes of the answer. */
  private start(bytes: Uint8Array, from: number, to: number): number {
    const bodyAt = this.known.bodyAt(bytes, from, to);
    this.beganAt = from;
    if (bodyAt < 0) return from;
    this.headBytes = bodyAt - from;
    this.head.sayAs(this.known.head);
    this.head.contentLength = this.known.head.contentLength;
    return this.beginCounted(bodyAt);
  }

  private goOn(bytes: Uint8Array, from: number, to: number): number {
    this.beganAt = -1;
    return this.line.size === 0 ? from : this.finishLine(bytes, from, to);
  }

  /** The other side has closed. Some answers end that way. */
  close(): Progress {
    if (this.part !== 'until-close') return 'more';
    this.bodyFrom = 0;
    this.bodyTo = 0;
    return this.complete(nothing);
  }

  private complete(bytes: Uint8Array): 'complete' {
    if (this.copy.size === 0) {
      this.body = bytes;
    } else {
      this.body = this.copy.bytes;
      this.bodyFrom = 0;
      this.bodyTo = this.copy.size;
    }
    return 'complete';
  }

  /** Reads on from `at`; returns where the next step begins, `partial` where the rest was put aside, or `broken`. */
  private step(bytes: Uint8Array, at: number, to: number): number {
    switch (this.part) {
      case 'headers':
      case 'status':
      case 'trailers':
      case 'chunk-size':
      case 'chunk-end': {
        const next = this.readLine(bytes, at, to);
        if (next === partial) this.line.append(bytes, at, to);
        return next;
      }
      case 'length':
      case 'chunk':
        return this.takeCounted(bytes, at, to);
      case 'until-close':
        this.take(bytes, at, to);
        return this.bodySize > bodyBytesMax ? this.giveUp() : to;
      case 'done':
        return at;
    }
  }

  /** A line that an earlier read has begun. It is read where it was put together. */
  private finishLine(bytes: Uint8Array, from: number, to: number): number {
    let at = from;
    while (at < to && bytes[at] !== lf) at += 1;
    this.line.append(bytes, from, Math.min(at + 1, to));
    if (at === to) return partial;
    const next = this.readLine(this.line.bytes, 0, this.line.size);
    this.line.release();
    return next < 0 ? broken : at + 1;
  }

  private readLine(bytes: Uint8Array, at: number, to: number): number {
    switch (this.part) {
      case 'status':
        return this.readStatus(bytes, at, to);
      case 'headers':
        if (bytes[at] === cr) return this.endHead(bytes, lineBreakEnd(bytes, at, to));
        return this.count(at, this.head.headerLine(bytes, at, to));
      case 'chunk-size':
        return this.beginChunk(at, this.chunk.read(bytes, at, to));
      case 'chunk-end':
        return this.pass(lineBreakEnd(bytes, at, to), 'chunk-size');
      default:
        if (bytes[at] === cr) return this.pass(lineBreakEnd(bytes, at, to), 'done');
        return this.count(at, this.head.trailerLine(bytes, at, to));
    }
  }

  private readStatus(bytes: Uint8Array, at: number, to: number): number {
    // Line breaks before an answer are passed over, as others do.
    if (bytes[at] === cr || bytes[at] === lf) return this.count(at, at + 1);
    return this.count(at, this.pass(this.head.statusLine(bytes, at, to), 'headers'));
  }

  private endHead(bytes: Uint8Array, next: number): number {
    if (next < 0) return next;
    const { status, contentLength } = this.head;
    if (status < 200 && status !== 101) {
      this.head.begin();
      this.part = 'status';
    } else if (status === 101 || status === 204 || status === 304) this.part = 'done';
    else if (this.head.isChunked) this.part = 'chunk-size';
    else if (this.head.hasTransferEncoding || contentLength === unsaid) this.part = 'until-close';
    else {
      if (this.beganAt >= 0) this.known.learn(this.head, bytes, this.beganAt, next);
      return this.beginCounted(next);
    }
    return next;
  }

  private beginCounted(next: number): number {
    const { contentLength } = this.head;
    this.left = contentLength;
    this.part = contentLength === 0 ? 'done' : 'length';
    return contentLength > bodyBytesMax ? this.giveUp() : next;
  }

  private beginChunk(at: number, next: number): number {
    if (next < 0) return next;
    const { length } = this.chunk;
    this.headBytes += Math.max(0, next - at - chunkLineBytes);
    this.left = length;
    this.part = length === 0 ? 'trailers' : 'chunk';
    return this.bodySize + length > bodyBytesMax ? this.giveUp() : next;
  }

  private takeCounted(bytes: Uint8Array, at: number, to: number): number {
    const next = Math.min(to, at + this.left);
    this.take(bytes, at, next);
    this.left -= next - at;
    if (this.left === 0) this.part = this.part === 'chunk' ? 'chunk-end' : 'done';
    return next;
  }

  /** More of the body: left where it is, or moved up to what came before it, or copied where that was copied. */
  private take(bytes: Uint8Array, from: number, to: number): void {
    if (this.copy.size > 0) this.copy.append(bytes, from, to);
    else if (this.bodyTo === this.bodyFrom) {
      this.bodyFrom = from;
      this.bodyTo = to;
    } else {
      bytes.copyWithin(this.bodyTo, from, to);
      this.bodyTo += to - from;
    }
  }

  private get bodySize(): number {
    return this.copy.size + this.bodyTo - this.bodyFrom;
  }

  private giveUp(): number {
    this.trouble = 'oversized';
    return broken;
  }

  private count(at: number, next: number): number {
    if (next >= 0) this.headBytes += next - at;
    return next;
  }

  private pass(next: number, part: Part): number {
    if (next >= 0) this.part = part;
    return next;
  }
}
