/**
 * Text and whole numbers as UTF-8, written in place: each returns where it ended. Short texts are written by hand, since every
 * call into the runtime costs as much as forty characters do.
 */

const encoder = new TextEncoder();
const minus = 45;
const zero = 48;

export function writeText(text: string, bytes: Uint8Array, at: number): number {
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    if (code > 127) return encodeText(text, bytes, at);
    bytes[at + index] = code;
  }
  return at + text.length;
}

/** Any text, of any length; throws a RangeError where there is no room for it, since half a request is worse than none. */
export function encodeText(text: string, bytes: Uint8Array, at: number): number {
  const { read, written } = encoder.encodeInto(text, bytes.subarray(at));
  if (read < text.length) throw new RangeError(`A request of more than ${bytes.length - at} bytes has no room.`);
  return at + written;
}

/** As `${value}` writes it. */
export function writeNumber(value: number, bytes: Uint8Array, at: number): number {
  if ((value | 0) !== value) return writeText(String(value), bytes, at);
  if (value >= 0) return writeDigits(value, bytes, at);
  bytes[at] = minus;
  return writeDigits(-value, bytes, at + 1);
}

/** Most numbers are short, and each of their digits is written as soon as it is known where it goes. */
function writeDigits(value: number, bytes: Uint8Array, at: number): number {
  if (value < 10) {
    bytes[at] = zero + value;
    return at + 1;
  }
  let end = at + 2;
  for (let limit = 100; value >= limit; limit *= 10) end += 1;
  let rest = value;
  for (let index = end - 1; index > at; index--) {
    const tens = (rest / 10) | 0;
    bytes[index] = zero + rest - tens * 10;
    rest = tens;
  }
  bytes[at] = zero + rest;
  return end;
}
