import { randomBytes } from 'node:crypto';

/** W3C Trace Context, version 00: trace, parent span, flags. */
const shape = /^00-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})$/;
const noTrace = '0'.repeat(32);
const noSpan = '0'.repeat(16);

/** Chance once a process, then numbers in turn: ids must differ, nobody has to be unable to guess them. */
const processHex = randomBytes(12).toString('hex');
const spanHex = processHex.slice(0, 8);
const turnsMax = 2 ** 32;
/** Never 0, so that no id is. */
let turn = 1 + (randomBytes(4).readUInt32BE() % (turnsMax - 1));

/** The caller's trace with a span of our own as the next one's parent; a trace of its own where the caller brought none that is valid. */
export function nextTraceparent(given: string | null): string {
  turn = turn === turnsMax - 1 ? 1 : turn + 1;
  const ours = turn.toString(16).padStart(8, '0');
  const [, trace = noTrace, parent = noSpan, flags = '00'] = given === null ? [] : (shape.exec(given) ?? []);
  const isValid = trace !== noTrace && parent !== noSpan;
  return `00-${isValid ? trace : processHex + ours}-${spanHex}${ours}-${isValid ? flags : '00'}`;
}

export function traceIdOf(traceparent: string): string {
  return traceparent.slice(3, 35);
}
