import { randomBytes } from 'node:crypto';

/** W3C Trace Context, version 00: trace, parent span, flags. */
const shape = /^00-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})$/;
const noTrace = '0'.repeat(32);
const noSpan = '0'.repeat(16);

/** The caller's trace with a span of our own as the next one's parent; a trace of its own where the caller brought none that is valid. */
export function nextTraceparent(given: string | null): string {
  const [, trace = noTrace, parent = noSpan, flags = '00'] = shape.exec(given ?? '') ?? [];
  const isValid = trace !== noTrace && parent !== noSpan;
  return `00-${isValid ? trace : hex(16)}-${hex(8)}-${isValid ? flags : '00'}`;
}

export function traceIdOf(traceparent: string): string {
  return traceparent.slice(3, 35);
}

function hex(bytes: number): string {
  return randomBytes(bytes).toString('hex');
}
