import type { Problem } from '../../core/problem.ts';
import type { Result } from '../../core/result.ts';
import { sourceAddresses } from './source-addresses.ts';

/** How many processes a crowd needs on this machine, and where their connections begin. */
export type Muster = {
  processes: number;
  /** Players at the same time in each of them. */
  playersMaxEach: number;
  /** Addresses of this machine that each process connects from; empty where the system may choose. */
  localAddresses: readonly (readonly string[])[];
};

export type MusterNeeds = {
  players: number;
  /** What one process may have open. */
  filesMax: number;
  /** Ports for each pair of addresses. */
  portsMax: number;
  /** Addresses with a port where the service listens. */
  endpoints: number;
  /** The service listens on this machine: then so many more addresses are there to connect from. */
  onLoopback: boolean;
};

/** What a process has open beside its players. */
const filesReserved = 100;
/** A crowd of so many is sometimes a little larger: people come when they like. */
const roomPerMille = 50;
/** Of the ports, how many can be used at a time: those of closed connections rest for a minute. */
const portsPerMille = 900;
/** 60 MB each before anybody plays. */
const processesMax = 32;

/** Or what is in short supply, and what would help. */
export function muster({ players, filesMax, portsMax, endpoints, onLoopback }: MusterNeeds): Result<Muster> {
  const places = Math.ceil((players * (1000 + roomPerMille)) / 1000);
  const placesEach = Math.max(0, filesMax - filesReserved);
  const portsEach = Math.floor((portsMax * portsPerMille) / 1000);
  const isShortOfPorts = places > portsEach * endpoints;
  const processes = Math.ceil(places / Math.max(1, isShortOfPorts ? Math.min(placesEach, portsEach) : placesEach));
  const problems: Problem[] = [];
  if (processes > processesMax) problems.push(tooFewFiles(players, filesMax, Math.ceil(places / processesMax) + filesReserved));
  if (isShortOfPorts && !onLoopback) problems.push(tooFewPorts(players, portsEach * endpoints));
  if (problems.length > 0) return { ok: false, problems };
  const localAddresses = onLoopback ? sourceAddresses({ places, processes, endpoints }) : Array.from({ length: processes }, () => []);
  return { ok: true, value: { processes, playersMaxEach: placesEach, localAddresses } };
}

function tooFewFiles(players: number, filesMax: number, needed: number): Problem {
  return {
    place: 'this machine',
    problem: `${filesMax} open files for each process are too few for ${players} players in ${processesMax} processes`,
    remedy: `ulimit -n ${needed}, or fewer players`,
  };
}

function tooFewPorts(players: number, connections: number): Problem {
  return {
    place: 'this machine',
    problem: `has ports for about ${connections} connections to that target, not for ${players} players`,
    remedy: 'widen net.ipv4.ip_local_port_range, or play from several machines and merge what they found',
  };
}

/** For people: what the generator takes. */
export function musterText({ processes, localAddresses }: Muster): string {
  const from = localAddresses.flat();
  const addresses = from.length === 0 ? '' : `, connecting from ${from[0]}${from.length === 1 ? '' : ` to ${from.at(-1)}`}`;
  return `${processes === 1 ? 'one process' : `${processes} processes`} of players${addresses}`;
}
