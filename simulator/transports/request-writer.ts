import { type RequestSource, requestBytesMax } from './transport.ts';
import type { WireEndpoint } from './wire-endpoint.ts';

const headEnd = Buffer.from('\r\n\r\n', 'latin1');
const noBody = Buffer.from('\r\ncontent-length: 0\r\n\r\n', 'latin1');

/**
 * Writes requests into one piece of memory that all connections share. It is used again for the next request, unless the kernel could
 * not take one at once: then `giveAway` leaves it to that request.
 */
export class RequestWriter {
  bytes: Buffer = Buffer.alloc(0);
  /** Digits of the last body's length: the next one mostly has as many, and is then written where it belongs at once. */
  private digits = 3;

  /** Requests to such an endpoint have to fit. */
  makeRoomFor({ headBytesMax }: WireEndpoint): void {
    const needed = headBytesMax + requestBytesMax;
    if (needed > this.bytes.length) this.bytes = Buffer.alloc(needed);
  }

  giveAway(): void {
    this.bytes = Buffer.alloc(this.bytes.length);
  }

  /** Returns how many bytes it has. */
  write(endpoint: WireEndpoint, request: RequestSource): number {
    const { bytes } = this;
    const isPost = request.method === 'POST';
    let at = put(isPost ? endpoint.beforePostPath : endpoint.beforeGetPath, bytes, 0);
    at = request.writePath(bytes, at);
    at = put(endpoint.beforeId, bytes, at);
    at = request.writeRequestId(bytes, at);
    const lengthAt = at + endpoint.beforeLength.length;
    const bodyAt = lengthAt + this.digits + headEnd.length;
    const end = request.writeBody(bytes, bodyAt);
    if (end === bodyAt) return put(isPost ? noBody : headEnd, bytes, at);
    put(endpoint.beforeLength, bytes, at);
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
    put(headEnd, bytes, lengthAt + digits);
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

/** By hand: at a few hundred bytes the call that copies has no advantage. Returns where it ended. */
function put(piece: Uint8Array, bytes: Uint8Array, at: number): number {
  const { length } = piece;
  for (let index = 0; index < length; index++) bytes[at + index] = piece[index] as number;
  return at + length;
}
