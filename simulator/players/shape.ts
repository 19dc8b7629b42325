/** The shapes that answers are made of. Written by hand: this runs on every answer, and inside k6. */

const loneSurrogate = /[\ud800-\udfff]/u;
const idCharsMax = 200;

export function isRecord(value: unknown): value is { [key: string]: unknown } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A name or id: not empty, of bounded length, and possible to put into an address (a lone surrogate is not). */
export function isText(value: unknown): value is string {
  return typeof value === 'string' && value !== '' && value.length <= idCharsMax && !loneSurrogate.test(value);
}

export function isTexts(value: unknown): value is readonly string[] {
  return Array.isArray(value) && (value as readonly unknown[]).every((text) => typeof text === 'string');
}

/** JSON has no NaN, but 1e999 parses to Infinity. */
export function isPlace(value: unknown): value is { x: number; y: number; z: number } {
  return isRecord(value) && Number.isFinite(value.x) && Number.isFinite(value.y) && Number.isFinite(value.z);
}
