import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isThere } from '../processes/shell.ts';
import { installFromGo } from './go.ts';
import { lineAfter, type Peer } from './peer.ts';

const version = '1.8.1';

/** k6 resolves its own modules, which are no packages: the script is text here. */
const script = `
import http from 'k6/http';
import { check, sleep } from 'k6';
import { Counter } from 'k6/metrics';

const players = Number(__ENV.BENCH_PLAYERS);
const everySeconds = Number(__ENV.BENCH_EVERY_SECONDS);
const bodies = open(__ENV.BENCH_BODIES).trimEnd().split('\\n');
const empty = new Counter('empty');
const json = { headers: { 'content-type': 'application/json' } };

export const options = {
  scenarios: { chain: { executor: 'constant-vus', exec: 'chain', vus: players, duration: __ENV.BENCH_SECONDS + 's', gracefulStop: '1s' } },
  summaryTrendStats: ['med', 'p(99)'],
};

let started = false;
let next = 0;

export function chain() {
  if (!started && everySeconds > 0) sleep(Math.random() * everySeconds);
  started = true;
  const found = http.post(__ENV.BENCH_ORIGIN + '/v1/treasures/search', bodies[(__VU + next++) % bodies.length], json);
  const treasures = found.json('treasures');
  if (check(treasures, { loot: (all) => all.length > 0 && all[0].loot.length > 0 })) look(treasures[0]);
  else empty.add(1);
  if (everySeconds > 0) sleep(everySeconds);
}

function look({ id, position }) {
  const spawns = http.get(__ENV.BENCH_ORIGIN + '/v1/spawns?near=' + id + '&radius=96').json();
  check(spawns, { spawns: (answer) => answer.treasureId === id && answer.spawns.length > 0 });
  const map = http.get(__ENV.BENCH_ORIGIN + '/v1/biomes/verdania/' + position.x + '/' + position.z + '/map?size=13').json();
  check(map, { map: (answer) => answer.x === position.x && answer.z === position.z && answer.tiles.length === 169 });
}

export function handleSummary({ metrics }) {
  return { stdout: '\\nsummary ' + JSON.stringify(metrics) + '\\n' };
}
`;

type Metrics = { [name: string]: { values: { [value: string]: number } } | undefined };

export const k6: Peer = {
  name: 'k6',
  version,
  what: 'Go module proxy; a JavaScript engine per player',
  checks: 'the loot, the treasure, the place and the number of tiles, with `check` on parsed answers',
  install: (cache) => installFromGo(cache, `go.k6.io/k6@v${version}`),
  isInstalled: (cache) => isThere(join(cache, 'go/bin/k6')),
  async command({ origin, players, everySeconds, seconds, folder, bodiesFile, cache }) {
    const file = join(folder, 'chain.js');
    await writeFile(file, script);
    const environment = {
      BENCH_ORIGIN: origin,
      BENCH_PLAYERS: String(players),
      BENCH_EVERY_SECONDS: String(everySeconds),
      BENCH_SECONDS: String(seconds),
      BENCH_BODIES: bodiesFile,
    };
    return { program: join(cache, 'go/bin/k6'), args: ['run', '--quiet', '--no-usage-report', file], environment };
  },
  figures(output) {
    const metrics = JSON.parse(lineAfter(output, 'summary ')) as Metrics;
    const value = (name: string, of: string) => metrics[name]?.values[of] ?? null;
    return {
      requests: value('http_reqs', 'count'),
      empty: value('empty', 'count') ?? 0,
      failed: value('http_req_failed', 'passes'),
      p50Ms: value('http_req_duration', 'med'),
      p99Ms: value('http_req_duration', 'p(99)'),
    };
  },
};
