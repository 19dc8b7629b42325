import fc from 'fast-check';
import { expect, test } from 'vitest';
import { pieceOfBytes, putPiece, viewOf } from './byte-piece.ts';

/** Eight of them often are no number, taken as one. */
const someByte = fc.oneof(fc.constantFrom(0x7f, 0xff, 0xf0, 0xf8), fc.nat(255));

test('a piece is written byte for byte, wherever it goes and whatever it holds', () => {
  fc.assert(
    fc.property(fc.array(someByte, { minLength: 4, maxLength: 70 }), fc.nat(9), (written, at) => {
      const bytes = Uint8Array.from(written);
      const memory = new Uint8Array(100).fill(1);
      expect(putPiece(pieceOfBytes(bytes), viewOf(memory.subarray(3)), at)).toBe(at + bytes.length);
      expect(memory.subarray(3 + at, 3 + at + bytes.length)).toEqual(bytes);
      expect([...memory.subarray(0, 3 + at), ...memory.subarray(3 + at + bytes.length)].every((byte) => byte === 1)).toBe(true);
    }),
  );
});
