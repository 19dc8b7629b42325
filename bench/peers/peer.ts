/**
 * Another generator on the same work: one peer, one file. What it is, how it comes onto the machine, how it is told to play the
 * chained workload, and what it says about it afterwards. The rate never comes from the peer itself but from the server's counter.
 */
export interface Peer {
  readonly name: string;
  readonly version: string;
  /** Where it comes from and how it works, for people. */
  readonly what: string;
  /** What it does to each answer, for people: a peer that checks nothing is compared all the same, and said to check nothing. */
  readonly checks: string;
  /** Installs it below `cache` where it is missing. Throws with the reason where it cannot be had. */
  install(cache: string): Promise<void>;
  isInstalled(cache: string): Promise<boolean>;
  /** The command that plays. It ends by itself after `work.seconds`, or at SIGINT. */
  command(work: Work): Promise<Command>;
  /** What it counted itself. Throws where its output says nothing. */
  figures(output: string, work: Work): OwnFigures;
}

/** The chained workload: a search, the spawns near the nearest chest, the map there; each player on a connection of its own. */
export type Work = {
  origin: string;
  players: number;
  /** Seconds between two chains of one player; 0: no pause at all. */
  everySeconds: number;
  /** How long to play, warm-up included. */
  seconds: number;
  /** What of it is not measured. */
  warmupSeconds: number;
  /** A folder of this round's own, for whatever the peer wants to read or write. */
  folder: string;
  /** Request bodies, one a line: every peer sends the same ones. */
  bodiesFile: string;
  /** The templates of the same bodies, for this project's players. */
  poolFile: string;
  cache: string;
};

export type Command = { program: string; args: readonly string[]; environment?: { readonly [name: string]: string }; folder?: string };

/** By the peer's own count, warm-up included; null where it does not say. */
export type OwnFigures = {
  requests: number | null;
  /** Searches that found an empty chest. */
  empty: number | null;
  failed: number | null;
  p50Ms: number | null;
  p99Ms: number | null;
};

/** Scripts of peers in their own languages lie beside their files. */
export function besidePeers(name: string): string {
  return new URL(name, import.meta.url).pathname;
}

/** The rest of the line that begins so. Throws where there is none. */
export function lineAfter(output: string, beginning: string): string {
  const line = output.split('\n').find((each) => each.startsWith(beginning));
  if (line === undefined) throw new RangeError(`No line begins with ${JSON.stringify(beginning)}: ${output.slice(-500)}`);
  return line.slice(beginning.length);
}
