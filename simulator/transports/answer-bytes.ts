/** The bytes that HTTP speaks of. */
export const tab = 9;
export const lf = 10;
export const cr = 13;
export const space = 32;
export const quote = 34;
export const comma = 44;
export const colon = 58;
export const semicolon = 59;
export const equals = 61;
export const backslash = 92;

/** What a header's name may be made of. */
export const tokenBytes = tableOf((byte) => /[!#$%&'*+.^_`|~0-9A-Za-z-]/.test(String.fromCharCode(byte)));

/** What a header's value may be made of: anything but control characters. */
export const valueBytes = tableOf((byte) => byte === tab || (byte >= space && byte !== 127));

/** What may stand between the quotes of a chunk extension, the backslash apart. */
export const quotedBytes = tableOf((byte) => valueBytes[byte] === 1 && byte !== quote && byte !== backslash);

export function isDigit(byte: number): boolean {
  return byte >= 48 && byte <= 57;
}

/** -1 where it is no hexadecimal digit. */
export function hexDigitOf(byte: number): number {
  if (isDigit(byte)) return byte - 48;
  const letter = byte | 32;
  return letter >= 97 && letter <= 102 ? letter - 87 : -1;
}

/** A word in small letters, to be found whatever the case in which it comes. */
export function wordOf(text: string): Uint8Array {
  return Uint8Array.from(text, (character) => character.charCodeAt(0));
}

/** For bytes of a token: among those no other byte than a letter's own capital becomes that letter. */
export function isWord(word: Uint8Array, bytes: Uint8Array, from: number, to: number): boolean {
  if (to - from !== word.length) return false;
  for (let index = 0; index < word.length; index++) if (((bytes[from + index] as number) | 32) !== word[index]) return false;
  return true;
}

function tableOf(holds: (byte: number) => boolean): Uint8Array {
  return Uint8Array.from({ length: 256 }, (_, byte) => (holds(byte) ? 1 : 0));
}
