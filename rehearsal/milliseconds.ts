import { durationMs } from '../core/duration.ts';

/** Milliseconds of a duration that the schema has already accepted. */
export function milliseconds(checkedDuration: string): number {
  const ms = durationMs(checkedDuration);
  if (ms === null) throw new TypeError(`unchecked duration: ${checkedDuration}`);
  return ms;
}
