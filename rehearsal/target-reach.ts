import type { LookupAddress } from 'node:dns';
import { lookup } from 'node:dns/promises';
import { connect as connectTcp, type Socket } from 'node:net';
import type { Problem } from '../core/problem.ts';
import type { Result } from '../core/result.ts';
import { connectionWords } from '../simulator/transports/reply-words.ts';
import { isLoopback, type Target } from './target-url.ts';

export type Trust = { ca?: string; insecure: boolean };

const connectMsMax = 3000;
/** A name that leads to more than this is a content network, and no target of ours. */
const addressesMax = 32;

/** Where the name leads, asked once: consent is judged by it, and players go there and nowhere else. */
export async function resolveTarget({ host }: Target): Promise<Result<readonly LookupAddress[]>> {
  try {
    return { ok: true, value: (await lookup(host, { all: true })).slice(0, addressesMax) };
  } catch (error) {
    const { code = 'no address' } = error as NodeJS.ErrnoException;
    return { ok: false, problems: [{ place: host, problem: connectionWords(code), remedy: 'check the name, or give an address' }] };
  }
}

/** Every address counts: a name that leads to this machine and elsewhere is elsewhere. */
export function isOnThisMachine(addresses: readonly LookupAddress[]): boolean {
  return addresses.every(({ address }) => isLoopback(address));
}

/**
 * Those addresses that take a connection, with TLS where the target wants it. A run against nobody, or against somebody who is
 * not who we think, is a mistake in the command and no measurement.
 */
export async function reachable(
  target: Target,
  addresses: readonly LookupAddress[],
  trust: Trust,
): Promise<Result<readonly LookupAddress[]>> {
  const failures = await Promise.all(addresses.map((address) => failureAt(target, address, trust)));
  const open = addresses.filter((_, index) => failures[index] === null);
  if (open.length > 0) return { ok: true, value: open };
  return { ok: false, problems: addresses.map(({ address }, index) => reachProblem(target, address, failures[index] as string)) };
}

function reachProblem({ origin, host, port, secure }: Target, address: string, failure: string): Problem {
  const place = address === host ? origin : `${origin} at ${address} port ${port}`;
  const aboutTrust = secure && /CERT|SIGNED|ISSUER|VERIFY/.test(failure);
  const remedy = aboutTrust
    ? 'name its certificate authority with --ca FILE, or take any certificate with --insecure'
    : 'start the target, or check scheme, host and port';
  return { place, problem: connectionWords(failure), remedy };
}

/** Null where a connection stood; else the error's code. */
function failureAt({ host, port, secure }: Target, { address }: LookupAddress, { ca, insecure }: Trust): Promise<string | null> {
  return new Promise((resolve) => {
    const name = host === address ? {} : { servername: host };
    const socket: Socket = secure
      ? // Loaded for those who need it: it takes as long as everything else that looks at the target.
        process
          .getBuiltinModule('node:tls')
          .connect({ host: address, port, ...name, rejectUnauthorized: !insecure, ...(ca === undefined ? {} : { ca }) })
      : connectTcp({ host: address, port });
    const end = (failure: string | null) => {
      socket.destroy();
      resolve(failure);
    };
    socket.setTimeout(connectMsMax, () => end('ETIMEDOUT'));
    socket.once(secure ? 'secureConnect' : 'connect', () => end(null));
    socket.once('error', (error: NodeJS.ErrnoException) => end(error.code ?? error.message));
  });
}
