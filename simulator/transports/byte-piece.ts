/**
 * Latin-1 text that is written over and over, four characters in a word; the last word overlaps the one before where they are no multiple
 * of it. By hand: at a few hundred bytes the call that copies many has no advantage, and words take a quarter of the time of bytes.
 */
export type Piece = { length: number; words: Int32Array };

/** Of at least four characters. */
export function pieceOf(text: string): Piece {
  const bytes = new DataView(Uint8Array.from(text, (character) => character.charCodeAt(0)).buffer);
  const words: number[] = [];
  for (let at = 0; at + 4 < text.length; at += 4) words.push(bytes.getInt32(at, true));
  words.push(bytes.getInt32(text.length - 4, true));
  return { length: text.length, words: Int32Array.from(words) };
}

/** Returns where it ended. */
export function putPiece({ length, words }: Piece, view: DataView, at: number): number {
  const last = words.length - 1;
  for (let index = 0; index < last; index++) view.setInt32(at + 4 * index, words[index] as number, true);
  view.setInt32(at + length - 4, words[last] as number, true);
  return at + length;
}
