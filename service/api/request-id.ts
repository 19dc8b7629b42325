import { randomUUID } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';

/** The id that the caller gave in `x-request-id`, or a new one. */
export function requestIdOf(headers: IncomingHttpHeaders): string {
  const given = headers['x-request-id'];
  return typeof given === 'string' && given !== '' ? cleanId(given) : randomUUID();
}

/** Ids come from outside and go into headers and logs: printable ASCII without spaces, 64 characters at most. */
export function cleanId(id: string): string {
  return id.slice(0, 64).replace(/[^\x21-\x7e]/g, '_');
}
