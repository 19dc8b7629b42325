import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { demand, isThere, runToEnd } from '../processes/shell.ts';
import { besidePeers, type Peer } from './peer.ts';

const version = '2.47.0';

/** Response times are whole milliseconds, rounded coarser above 100, each with its count. */
type Entry = { name: string; num_requests: number; num_failures: number; response_times: { [ms: string]: number } };

export const locust: Peer = {
  name: 'Locust',
  version,
  what: 'PyPI; FastHttpUser (gevent), one process',
  checks: 'the loot, the treasure, the place and the number of tiles, in Python on parsed answers',
  async install(cache) {
    await demand('python3', 'install Python 3.10 or newer with venv');
    const folder = join(cache, 'locust');
    await mkdir(folder, { recursive: true });
    await runToEnd('python3', ['-m', 'venv', folder]);
    await runToEnd(join(folder, 'bin/pip'), ['install', '--quiet', `locust==${version}`]);
  },
  isInstalled: (cache) => isThere(join(cache, 'locust/bin/locust')),
  async command({ origin, players, everySeconds, seconds, bodiesFile, cache }) {
    const crew = ['--users', String(players), '--spawn-rate', String(Math.min(players, 5000)), '--run-time', `${seconds}s`];
    const args = [
      '--locustfile',
      besidePeers('locust/locustfile.py'),
      '--headless',
      '--host',
      origin,
      ...crew,
      '--json',
      '--loglevel',
      'ERROR',
    ];
    return {
      program: join(cache, 'locust/bin/locust'),
      args,
      environment: { BENCH_BODIES: bodiesFile, BENCH_EVERY_SECONDS: String(everySeconds) },
    };
  },
  figures(output) {
    const entries = JSON.parse(output.slice(output.indexOf('[\n'), output.lastIndexOf(']') + 1)) as readonly Entry[];
    const sum = (count: (entry: Entry) => number) => entries.reduce((total, entry) => total + count(entry), 0);
    const empty = entries.find(({ name }) => name === 'search')?.num_failures ?? 0;
    return {
      requests: sum((entry) => entry.num_requests),
      empty,
      failed: sum((entry) => entry.num_failures) - empty,
      p50Ms: quantileMs(entries, 0.5),
      p99Ms: quantileMs(entries, 0.99),
    };
  },
};

function quantileMs(entries: readonly Entry[], share: number): number | null {
  const counts = new Map<number, number>();
  for (const { response_times: times } of entries) {
    for (const [ms, count] of Object.entries(times)) counts.set(Number(ms), (counts.get(Number(ms)) ?? 0) + count);
  }
  const total = [...counts.values()].reduce((sum, count) => sum + count, 0);
  let seen = 0;
  for (const [ms, count] of [...counts].sort(([one], [other]) => one - other)) {
    seen += count;
    if (seen >= share * total) return ms;
  }
  return null;
}
