import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { demand, isThere, runToEnd } from '../processes/shell.ts';
import { paths } from '../server/answers.ts';
import type { Peer } from './peer.ts';

const version = '1.16.0';

/** Seconds; `errorDistribution` counts what was cut off at the end as well. */
type Report = {
  summary: { successRate: number };
  latencyPercentiles: { p50: number; p99: number };
  statusCodeDistribution: { [status: string]: number };
};

export const oha: Peer = {
  name: 'oha',
  version,
  what: 'crates.io; plays one request, so here the search only, always the same body',
  checks: 'nothing but the status; no chain',
  async install(cache) {
    await demand('cargo', 'install Rust');
    await runToEnd('cargo', ['install', 'oha', '--version', version, '--locked', '--root', join(cache, 'cargo')]);
  },
  isInstalled: (cache) => isThere(join(cache, 'cargo/bin/oha')),
  async command({ origin, players, seconds, bodiesFile, cache }) {
    const [body] = (await readFile(bodiesFile, 'utf8')).split('\n') as [string];
    const post = ['-m', 'POST', '-T', 'application/json', '-d', body];
    const args = ['-z', `${seconds}s`, '-c', String(players), '--no-tui', '--output-format', 'json', ...post, `${origin}${paths.search}`];
    return { program: join(cache, 'cargo/bin/oha'), args };
  },
  figures(output) {
    const { latencyPercentiles, statusCodeDistribution } = JSON.parse(output.slice(output.indexOf('{'))) as Report;
    const counts = Object.entries(statusCodeDistribution);
    const requests = counts.reduce((sum, [, count]) => sum + count, 0);
    return {
      requests,
      empty: null,
      failed: requests - (statusCodeDistribution['200'] ?? 0),
      p50Ms: latencyPercentiles.p50 * 1000,
      p99Ms: latencyPercentiles.p99 * 1000,
    };
  },
};
