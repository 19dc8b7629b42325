import { pieceOf, putPiece } from './byte-piece.ts';
import { type RequestSource, requestBytesMax } from './transport.ts';
import type { WireEndpoint } from './wire-endpoint.ts';

const headEnd = pieceOf('\r\n\r\n');
const noBody = pieceOf('\r\ncontent-length: 0\r\n\r\n');

/** So many requests of the largest size have room; of the usual size more than are ever written before they are sent. */
const requestsMin = 3;

/**
 * Requests begin at multiples of it, so that there are few places, and the few lengths of a place are given out over and over. Most
 * requests take one. An odd number of cache lines: with an even one they would be in each other's way there.
 */
const placeBytes = 17 * 64;

/**
 * Writes requests one behind the other into a piece of memory that all connections share. It is used again once they are sent, unless
 * the kernel could not take one at once: then `giveAway` leaves it to them.
 */
export class RequestWriter {
  private bytes = Buffer.alloc(0);
  private view = new DataView(this.bytes.buffer);
  private at = 0;
  private bytesMax = 0;
  /** Digits of the last body's length: the next one mostly has as many, and is then written where it belongs at once. */
  private digits = 3;
  /** Of each place what was given out there, by its length: to make one takes as long as to write a hundred bytes. */
  private readonly pieces: (Uint8Array | undefined)[][] = [];

  /** Requests to such an endpoint have to fit. */
  makeRoomFor({ headBytesMax }: WireEndpoint): void {
    this.bytesMax = Math.max(this.bytesMax, headBytesMax + requestBytesMax);
    if (requestsMin * this.bytesMax > this.bytes.length) this.giveAway();
  }

  /** For one more; where there is none, `write` takes other memory. */
  get hasRoom(): boolean {
    return this.at + this.bytesMax <= this.bytes.length;
  }

  /** Whoever holds requests that were written keeps them. */
  giveAway(): void {
    const memory = new ArrayBuffer(requestsMin * this.bytesMax);
    this.bytes = Buffer.from(memory);
    this.view = new DataView(memory);
    this.at = 0;
    this.pieces.length = 0;
  }

  /** Nobody needs any more what was written so far. */
  rewind(): void {
    this.at = 0;
  }

  /** The request's bytes, until `rewind`. */
  write(endpoint: WireEndpoint, request: RequestSource): Uint8Array {
    if (!this.hasRoom) this.giveAway();
    const from = this.at;
    const length = this.put(endpoint, request, from) - from;
    this.at = from + placeBytes * Math.ceil(length / placeBytes);
    return length > placeBytes ? this.bytes.subarray(from, from + length) : this.piece(from, length);
  }

  private piece(from: number, length: number): Uint8Array {
    const place = from / placeBytes;
    const pieces = this.pieces[place] ?? new Array<Uint8Array | undefined>(placeBytes + 1);
    const piece = pieces[length] ?? this.bytes.subarray(from, from + length);
    pieces[length] = piece;
    this.pieces[place] = pieces;
    return piece;
  }

  private put(endpoint: WireEndpoint, request: RequestSource, from: number): number {
    const { bytes, view } = this;
    const isPost = request.method === 'POST';
    let at = putPiece(isPost ? endpoint.beforePostPath : endpoint.beforeGetPath, view, from);
    at = request.writePath(bytes, at);
    at = putPiece(endpoint.beforeId, view, at);
    at = request.writeRequestId(bytes, at);
    const lengthAt = at + endpoint.beforeLength.length;
    const bodyAt = lengthAt + this.digits + headEnd.length;
    const end = request.writeBody(bytes, bodyAt);
    // Beyond the end nothing is written, and nothing says so.
    if (end > from + this.bytesMax) throw new RangeError(`A request has more than ${requestBytesMax} bytes.`);
    if (end === bodyAt) return putPiece(isPost ? noBody : headEnd, view, at);
    putPiece(endpoint.beforeLength, view, at);
    return this.finish(lengthAt, bodyAt, end);
  }

  /** The length stands before the body and is known after it. */
  private finish(lengthAt: number, bodyAt: number, end: number): number {
    const { bytes } = this;
    const length = end - bodyAt;
    const digits = digitsOf(length);
    const shift = digits - this.digits;
    if (shift !== 0) {
      bytes.copyWithin(bodyAt + shift, bodyAt, end);
      this.digits = digits;
    }
    putNumber(length, bytes, lengthAt + digits);
    putPiece(headEnd, this.view, lengthAt + digits);
    return end + shift;
  }
}

function digitsOf(number: number): number {
  let digits = 1;
  for (let limit = 10; number >= limit; limit *= 10) digits += 1;
  return digits;
}

/** Its digits, the last one before `end`. */
function putNumber(number: number, bytes: Uint8Array, end: number): void {
  let at = end;
  let rest = number;
  do {
    at -= 1;
    bytes[at] = 48 + (rest % 10);
    rest = Math.floor(rest / 10);
  } while (rest > 0);
}
