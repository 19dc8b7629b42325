import { crc32 } from 'node:zlib';

/** One entry of the file: checksum of all that follows it, when it ends to be good, lengths, key, value. */
export type DiskRecord = { key: string; value: string; goodUntilMs: number };

const headBytes = 20;
const checksumAt = 0;
const goodUntilAt = 4;
const keyLengthAt = 12;
const valueLengthAt = 16;
/** Longer ones are nothing that we wrote. */
const partBytesMax = 16 * 1_048_576;

export function encodeRecord({ key, value, goodUntilMs }: DiskRecord): Buffer {
  const keyBytes = Buffer.byteLength(key);
  const valueBytes = Buffer.byteLength(value);
  const record = Buffer.allocUnsafe(headBytes + keyBytes + valueBytes);
  record.writeDoubleLE(goodUntilMs, goodUntilAt);
  record.writeUInt32LE(keyBytes, keyLengthAt);
  record.writeUInt32LE(valueBytes, valueLengthAt);
  record.write(key, headBytes);
  record.write(value, headBytes + keyBytes);
  record.writeUInt32LE(crc32(record.subarray(goodUntilAt)), checksumAt);
  return record;
}

/** The record that begins there and where it ends; null for one that is torn, rotten or not there. */
export function decodeRecord(bytes: Buffer, at: number): { record: DiskRecord; end: number } | null {
  const keyAt = at + headBytes;
  if (keyAt > bytes.length) return null;
  const keyBytes = bytes.readUInt32LE(at + keyLengthAt);
  const valueBytes = bytes.readUInt32LE(at + valueLengthAt);
  const end = keyAt + keyBytes + valueBytes;
  if (keyBytes > partBytesMax || valueBytes > partBytesMax || end > bytes.length) return null;
  if (crc32(bytes.subarray(at + goodUntilAt, end)) !== bytes.readUInt32LE(at + checksumAt)) return null;
  const key = bytes.toString('utf8', keyAt, keyAt + keyBytes);
  const value = bytes.toString('utf8', keyAt + keyBytes, end);
  return { record: { key, value, goodUntilMs: bytes.readDoubleLE(at + goodUntilAt) }, end };
}
