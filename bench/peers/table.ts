import { artillery } from './artillery.ts';
import { autocannon } from './autocannon.ts';
import { gatling } from './gatling.ts';
import { goose } from './goose.ts';
import { k6 } from './k6.ts';
import { locust } from './locust.ts';
import { oha } from './oha.ts';
import { ours } from './ours.ts';
import type { Peer } from './peer.ts';
import { undici } from './undici.ts';
import { vegeta } from './vegeta.ts';
import { wrk } from './wrk.ts';

/** Everybody who plays, in the order in which they play a round. */
export const peers: readonly Peer[] = [ours, wrk, k6, goose, undici, vegeta, autocannon, gatling, locust, oha, artillery];

/** Those of these names, in any letters; all without names. Throws for a name that nobody has. */
export function peersNamed(names: readonly string[]): readonly Peer[] {
  for (const name of names)
    if (find(name) === undefined) throw new RangeError(`No peer ${name}: ${peers.map((peer) => peer.name).join(', ')}`);
  return names.length === 0 ? peers : peers.filter((peer) => names.some((name) => find(name) === peer));
}

function find(name: string): Peer | undefined {
  const wanted = name.toLowerCase() === 'ours' ? ours.name : name;
  return peers.find((peer) => peer.name.toLowerCase() === wanted.toLowerCase());
}
