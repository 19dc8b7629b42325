/**
 * Text that is written over and over, eight bytes at a time as doubles; the last of them overlaps the one before where they are no
 * multiple of it. By hand: at less than a hundred bytes the call that copies many has no advantage, and doubles take an eighth of the
 * time of bytes. Shorter text, and bytes that would be no number, go four at a time.
 */
export type Piece = { length: number; doubles: Float64Array; words: Int32Array };

/** Of at least four characters, Latin-1. */
export function pieceOf(text: string): Piece {
  return pieceOfBytes(Uint8Array.from(text, (character) => character.charCodeAt(0)));
}

/** Of at least four bytes. */
export function pieceOfBytes(bytes: Uint8Array): Piece {
  const view = viewOf(bytes);
  const { length } = bytes;
  const doubles = stepsOf(length, 8).map((at) => view.getFloat64(at, true));
  // What is no number may come out as another one that is none.
  const isPlain = !doubles.some(Number.isNaN);
  const words = isPlain && doubles.length > 0 ? [] : stepsOf(length, 4).map((at) => view.getInt32(at, true));
  return { length, doubles: Float64Array.from(isPlain ? doubles : []), words: Int32Array.from(words) };
}

/** Returns where it ended. */
export function putPiece({ length, doubles, words }: Piece, view: DataView, at: number): number {
  const last = doubles.length - 1;
  if (last < 0) return putWords(words, view, at, length);
  for (let index = 0; index < last; index++) view.setFloat64(at + 8 * index, doubles[index] as number, true);
  view.setFloat64(at + length - 8, doubles[last] as number, true);
  return at + length;
}

export function viewOf({ buffer, byteOffset, byteLength }: Uint8Array): DataView {
  return new DataView(buffer, byteOffset, byteLength);
}

function putWords(words: Int32Array, view: DataView, at: number, length: number): number {
  const last = words.length - 1;
  for (let index = 0; index < last; index++) view.setInt32(at + 4 * index, words[index] as number, true);
  view.setInt32(at + length - 4, words[last] as number, true);
  return at + length;
}

/** Where each of so many bytes begins; the last one ends where all end. None where there are fewer bytes than that. */
function stepsOf(length: number, bytes: number): readonly number[] {
  if (length < bytes) return [];
  return Array.from({ length: Math.ceil(length / bytes) }, (_unused, index) => Math.min(index * bytes, length - bytes));
}
