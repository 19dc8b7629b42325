import type { Clock } from '../../core/clock.ts';
import type { Reply } from '../resp/reply.ts';
import { error } from '../resp/reply.ts';
import { longest, longNumber, notANumber } from './commands/numbers.ts';

/** Seconds or milliseconds, from now or since the epoch; named as the options of SET are. */
export type ExpiryUnit = 'ex' | 'px' | 'exat' | 'pxat';

export function isExpiryUnit(word: string): word is ExpiryUnit {
  return word === 'ex' || word === 'px' || word === 'exat' || word === 'pxat';
}

export type ExpiryRequest = { text: string; unit: ExpiryUnit; command: string };

/** The moment on the monotonic clock at which a key ends, or the refusal; it may lie in the past. */
export function readExpiry({ text, unit, command }: ExpiryRequest, clock: Clock): number | Reply {
  const amount = longNumber(text);
  if (amount === null) return notANumber;
  const ms = unit.startsWith('e') ? amount * 1000n : amount;
  const wallMs = Math.floor(clock.wallMs());
  // The real server keeps the moment as a signed 64-bit number of milliseconds since the epoch.
  const epochMs = unit.endsWith('at') ? ms : ms + BigInt(wallMs);
  if (ms < -longest || epochMs > longest) return error(`ERR invalid expire time in '${command}' command`);
  // A number that JSON clients can read back: 285,000 years are long enough.
  return clock.nowMs() + Math.min(Number(epochMs) - wallMs, Number.MAX_SAFE_INTEGER);
}

/** As above, where zero and less make no sense (SET, GETEX, SETEX). */
export function readPositiveExpiry(request: ExpiryRequest, clock: Clock): number | Reply {
  const amount = longNumber(request.text);
  if (amount !== null && amount <= 0n) return error(`ERR invalid expire time in '${request.command}' command`);
  return readExpiry(request, clock);
}
