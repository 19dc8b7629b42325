import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isThere } from '../processes/shell.ts';
import { installFromNpm } from './npm.ts';
import { besidePeers, lineAfter, type Peer, type Work } from './peer.ts';

const version = '2.0.34';

export const artillery: Peer = {
  name: 'Artillery',
  version,
  what: 'npm; with artillery-plugin-expect 2.27.0; one worker thread, one connection a player',
  checks: 'loot, treasure and tiles, with captures by JSONPath and the expect plugin',
  install: (cache) => installFromNpm(cache, [`artillery@${version}`, 'artillery-plugin-expect@2.27.0']),
  isInstalled: (cache) => isThere(join(cache, 'npm/node_modules/artillery/bin/run')),
  async command(work) {
    const script = join(work.folder, 'chain.json');
    const report = join(work.folder, 'artillery.json');
    await writeFile(script, JSON.stringify(scriptOf(work), null, 2));
    const run = `"${process.execPath}" "${join(work.cache, 'npm/node_modules/artillery/bin/run')}" run --quiet --output "${report}" "${script}"`;
    const environment = {
      BENCH_BODIES: work.bodiesFile,
      BENCH_SECONDS: String(work.seconds),
      ARTILLERY_DISABLE_TELEMETRY: 'true',
      ARTILLERY_PLUGIN_PATH: join(work.cache, 'npm/node_modules'),
    };
    const show = `"${process.execPath}" -p "'report ' + JSON.stringify(JSON.parse(fs.readFileSync('${report}')).aggregate)"`;
    return { program: 'sh', args: ['-c', `${run}; ${show}`], environment, folder: join(work.cache, 'npm') };
  },
  figures(output) {
    const { counters, summaries } = JSON.parse(lineAfter(output, 'report ')) as Report;
    const times = summaries['http.response_time'];
    return {
      requests: counters['http.requests'] ?? null,
      empty: counters['plugins.expect.failed'] ?? 0,
      failed: (counters['http.requests'] ?? 0) - (counters['http.codes.200'] ?? 0),
      p50Ms: times?.median ?? null,
      p99Ms: times?.p99 ?? null,
    };
  },
};

type Report = {
  counters: { [name: string]: number | undefined };
  summaries: { [name: string]: { median: number; p99: number } | undefined };
};

/** All players arrive within the first second and stay to the end. */
function scriptOf({ origin, players }: Work) {
  const json = (path: string, as: string) => ({ json: path, as, strict: false });
  const search = {
    url: '/v1/treasures/search',
    name: 'search',
    headers: { 'content-type': 'application/json' },
    beforeRequest: 'nextBody',
    capture: [
      json('$.treasures[0].id', 'id'),
      json('$.treasures[0].position.x', 'x'),
      json('$.treasures[0].position.z', 'z'),
      json('$.treasures[0].loot[0]', 'loot'),
    ],
    expect: [{ hasProperty: 'treasures[0].loot[0]' }],
  };
  const spawns = {
    url: '/v1/spawns?near={{ id }}&radius=96',
    name: 'spawns',
    ifTrue: 'loot',
    expect: [{ equals: ['{{ treasureId }}', '{{ id }}'] }, { hasProperty: 'spawns[0].id' }],
    capture: [json('$.treasureId', 'treasureId')],
  };
  const map = {
    url: '/v1/biomes/verdania/{{ x }}/{{ z }}/map?size=13',
    name: 'biome',
    ifTrue: 'loot',
    expect: [{ hasProperty: 'tiles[168]' }],
  };
  return {
    config: {
      target: origin,
      processor: besidePeers('artillery/processor.mjs'),
      phases: [{ duration: 1, arrivalCount: players }],
      plugins: { expect: { formatter: 'silent' } },
      http: { timeout: 30 },
    },
    scenarios: [{ flow: [{ loop: [{ post: search }, { get: spawns }, { get: map }], whileTrue: 'notOver' }] }],
  };
}
