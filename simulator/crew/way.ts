import type { Clock } from '../../core/clock.ts';
import type { Transport } from '../transports/transport.ts';
import { createWireTransport } from '../transports/wire.ts';

/** How players get to the service, as plain data. */
export type Way = {
  /** TLS is the business of a library, and slower. */
  secure: boolean;
  /** Sent with every request, names in lower case. */
  headers?: { readonly [name: string]: string };
  /** Where the name in the endpoints' origin leads. */
  addresses?: readonly { address: string; family: number }[];
  /** Addresses of this machine to connect from; where the system may choose, none. */
  localAddresses?: readonly string[];
  /** Certificates (PEM) to trust instead of the well-known ones. */
  ca?: string;
  /** Takes any certificate. */
  insecure?: boolean;
};

/** The library is loaded only where there is TLS: it takes longer than everything else together. */
export async function transportOf({ secure, localAddresses = [], ...way }: Way, clock: Clock): Promise<Transport> {
  if (!secure) return createWireTransport({ clock, localAddresses, ...way });
  const { createUndiciTransport } = await import('../transports/undici.ts');
  return createUndiciTransport({ clock, ...way });
}
