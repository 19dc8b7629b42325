import { error } from '../../resp/reply.ts';

export const notANumber = error('ERR value is not an integer or out of range');

/** Largest signed 64-bit integer. */
export const longest = 9_223_372_036_854_775_807n;
export const shortest = -9_223_372_036_854_775_808n;

/** A signed 64-bit decimal without plus sign, leading zero or space; null for anything else. */
export function longNumber(text: string): bigint | null {
  if (!/^(?:0|-?[1-9]\d{0,18})$/.test(text)) return null;
  const value = BigInt(text);
  return value > longest || value < shortest ? null : value;
}
