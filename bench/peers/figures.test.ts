import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { OwnFigures, Work } from './peer.ts';
import { peers, peersNamed } from './table.ts';

/** Recorded with 64 players for five seconds each. */
const told: { readonly [peer: string]: OwnFigures } = {
  launchstorm: { requests: 165440, empty: 580, failed: 0, p50Ms: 1.496, p99Ms: 7.2 },
  wrk: { requests: 365894, empty: null, failed: 0, p50Ms: 0.336, p99Ms: 5.7 },
  k6: { requests: 38631, empty: 117, failed: 0, p50Ms: 7.549152, p99Ms: 26.637629499999967 },
  Goose: { requests: 69109, empty: 247, failed: 0, p50Ms: 3.5, p99Ms: 39 },
  undici: { requests: 94949, empty: 326, failed: 0, p50Ms: 1.9628940000000057, p99Ms: 24.43420100000003 },
  vegeta: { requests: 43614, empty: null, failed: 0, p50Ms: 2.870998, p99Ms: 14.853923 },
  autocannon: { requests: 43454, empty: 154, failed: 0, p50Ms: 5, p99Ms: 34 },
  Gatling: { requests: 3524, empty: 16, failed: 0, p50Ms: null, p99Ms: null },
  Locust: { requests: 26034, empty: 91, failed: 0, p50Ms: 9, p99Ms: 21 },
  oha: { requests: 359051, empty: null, failed: 0, p50Ms: 0.301104, p99Ms: 7.278522 },
  Artillery: { requests: 4505, empty: 14, failed: 0, p50Ms: 54.1, p99Ms: 333.7 },
};

test.each(peers)('$name: its figures are read from what it printed', (peer) => {
  expect(peer.figures(recorded(peer.name), work)).toEqual(told[peer.name]);
});

test.each(peers)('$name: an output that says nothing is an error, not a zero', (peer) => {
  expect(() => peer.figures('it was killed\n', work)).toThrow();
});

test('wrk: refused answers and broken sockets count as failed', () => {
  const output = `${recorded('wrk')}\n  Socket errors: connect 1, read 2, write 0, timeout 4\n  Non-2xx or 3xx responses: 30\n`;
  expect(peersNamed(['wrk'])[0]?.figures(output, work).failed).toBe(37);
});

test('a peer is named in any letters, and `ours` is this project', () => {
  expect(peersNamed(['goose', 'OURS']).map(({ name }) => name)).toEqual(['launchstorm', 'Goose']);
  expect(() => peersNamed(['siege'])).toThrow('No peer siege');
});

const work: Work = {
  origin: 'http://127.0.0.1:1',
  players: 64,
  everySeconds: 0,
  seconds: 5,
  warmupSeconds: 1,
  folder: '.',
  bodiesFile: 'bodies.txt',
  poolFile: 'pool.json',
  cache: '.',
};

function recorded(peer: string): string {
  return readFileSync(join(import.meta.dirname, '../fixtures', `${peer.toLowerCase()}.txt`), 'utf8');
}
