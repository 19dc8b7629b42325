import { backslash, cr, equals, hexDigitOf, lf, quote, quotedBytes, semicolon, tokenBytes, valueBytes } from './answer-bytes.ts';
import { broken, partial } from './answer-head.ts';

/** How long a chunk may say that it is: beyond it numbers are not exact, and any body was given up long before. */
const lengthMax = 999_999_999_999_999;

/** `1a2b;name="value"` before each chunk. Extensions mean nothing to us, but what is none is no HTTP. */
export class ChunkLine {
  /** Of the chunk that follows; 0: it was the last one. */
  length = 0;

  /** Returns where the chunk begins. */
  read(bytes: Uint8Array, from: number, to: number): number {
    const digitsTo = this.readLength(bytes, from, to);
    if (digitsTo < 0) return digitsTo;
    let at = digitsTo;
    while (at >= 0 && at < to && bytes[at] === semicolon) at = extensionEnd(bytes, at + 1, to);
    return at < 0 ? at : lineBreakEnd(bytes, at, to);
  }

  private readLength(bytes: Uint8Array, from: number, to: number): number {
    let length = 0;
    let at = from;
    for (; at < to; at++) {
      const digit = hexDigitOf(bytes[at] as number);
      if (digit < 0) break;
      length = 16 * length + digit;
      if (length > lengthMax) return broken;
    }
    this.length = length;
    if (at === to) return partial;
    return at > from ? at : broken;
  }
}

/** Behind the CR LF that must be here. */
export function lineBreakEnd(bytes: Uint8Array, from: number, to: number): number {
  if (from === to) return partial;
  if (bytes[from] !== cr) return broken;
  if (from + 1 === to) return partial;
  return bytes[from + 1] === lf ? from + 2 : broken;
}

/** Name and value may be missing, as with Node, but not at the end of the line without an equals sign. */
function extensionEnd(bytes: Uint8Array, from: number, to: number): number {
  const nameTo = tokenEnd(bytes, from, to);
  if (nameTo === to) return partial;
  if (bytes[nameTo] !== equals) return nameTo > from || bytes[nameTo] === semicolon ? nameTo : broken;
  const valueTo = tokenEnd(bytes, nameTo + 1, to);
  if (valueTo === to) return partial;
  return bytes[valueTo] === quote ? quotedEnd(bytes, valueTo + 1, to) : valueTo;
}

function tokenEnd(bytes: Uint8Array, from: number, to: number): number {
  let at = from;
  while (at < to && tokenBytes[bytes[at] as number] === 1) at += 1;
  return at;
}

function quotedEnd(bytes: Uint8Array, from: number, to: number): number {
  for (let at = from; at < to; at++) {
    const byte = bytes[at] as number;
    if (byte === quote) return at + 1;
    if (byte === backslash) {
      at += 1;
      if (at < to && valueBytes[bytes[at] as number] === 0) return broken;
    } else if (quotedBytes[byte] === 0) return broken;
  }
  return partial;
}
