/**
 * Connections from one address of this machine to one of the service. The kernel looks for a free port one after the other: with
 * 16,700 of its 28,000 taken, connecting took 69 % of a generator's time, and players lost their patience meanwhile.
 */
export const connectionsPerAddress = 4000;

export type AddressNeeds = {
  /** Connections at the same time, in all processes. */
  places: number;
  processes: number;
  /** Addresses with a port where the service listens. */
  endpoints: number;
};

/** Loopback addresses that each process connects from, in turn; empty where the system may choose. */
export function sourceAddresses({ places, processes, endpoints }: AddressNeeds): readonly (readonly string[])[] {
  const each = places / endpoints > connectionsPerAddress ? Math.ceil(places / processes / connectionsPerAddress) : 0;
  return Array.from({ length: processes }, (_process, process) =>
    Array.from({ length: each }, (_address, address) => addressOf(process * each + address)),
  );
}

/** 127.0.1.1 and so on. */
function addressOf(number: number): string {
  return `127.0.${1 + Math.floor(number / 250)}.${1 + (number % 250)}`;
}
