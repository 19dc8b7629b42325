import type { Clock } from '../../core/clock.ts';
import type { Transport } from '../transports/transport.ts';
import { createUndiciTransport } from '../transports/undici.ts';

/** How players get to the service, as plain data. */
export type Way = {
  /** Sent with every request, names in lower case. */
  headers?: { readonly [name: string]: string };
  /** Where the name in the endpoints' origin leads. */
  addresses?: readonly { address: string; family: number }[];
  /** Certificates (PEM) to trust instead of the well-known ones. */
  ca?: string;
  /** Takes any certificate. */
  insecure?: boolean;
};

export async function transportOf(way: Way, clock: Clock): Promise<Transport> {
  return createUndiciTransport({ clock, ...way });
}
