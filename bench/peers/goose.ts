import { cp, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { demand, isThere, runToEnd } from '../processes/shell.ts';
import { besidePeers, type Peer } from './peer.ts';

export const goose: Peer = {
  name: 'Goose',
  version: '0.19.0',
  what: 'crates.io; Rust, an HTTP client of its own for each player',
  checks: 'the loot, the treasure, the place and the number of tiles, by serde on typed answers',
  async install(cache) {
    await demand('cargo', 'install Rust');
    const folder = join(cache, 'goose');
    await mkdir(folder, { recursive: true });
    await cp(besidePeers('goose'), folder, { recursive: true });
    await runToEnd('cargo', ['build', '--release', '--manifest-path', join(folder, 'Cargo.toml'), '--target-dir', join(folder, 'target')]);
  },
  isInstalled: (cache) => isThere(join(cache, 'goose/target/release/chain')),
  async command({ origin, players, everySeconds, seconds, bodiesFile, cache }) {
    const crew = ['--users', String(players), '--increase-rate', String(Math.min(players, 5000)), '--run-time', `${seconds}s`];
    const quiet = ['--no-reset-metrics', '--no-telnet', '--no-websocket', '--co-mitigation', 'disabled', '--quiet'];
    return {
      program: join(cache, 'goose/target/release/chain'),
      args: ['--host', origin, ...crew, ...quiet],
      environment: { BENCH_BODIES: bodiesFile, BENCH_EVERY_SECONDS: String(everySeconds) },
    };
  },
  /** Its tables of the console: counts first, percentiles in milliseconds further down. */
  figures(output) {
    const rows = output
      .split('\n')
      .filter((line) => line.includes('|'))
      .map(cellsOf);
    const counts = rows.find(([name]) => name === 'Aggregated');
    const search = rows.find(([name]) => name === 'POST search');
    const shares = rows.findIndex((row) => row.includes('99.9%'));
    const slowest = rows.slice(shares).find(([name]) => name === 'Aggregated');
    if (counts === undefined || search === undefined || shares < 0 || slowest === undefined) {
      throw new RangeError(`Goose told nothing: ${output.slice(-500)}`);
    }
    const empty = numberIn(search[2]);
    const head = rows[shares] as readonly string[];
    const quantile = (share: string) => numberIn(slowest[head.indexOf(share)]);
    return {
      requests: numberIn(counts[1]),
      empty,
      failed: numberIn(counts[2]) - empty,
      p50Ms: quantile('50%'),
      p99Ms: quantile('99%'),
    };
  },
};

function cellsOf(line: string): readonly string[] {
  return line.split('|').map((cell) => cell.trim());
}

/** Of `111 (0.9%)` the 111, of `12,220` the 12220. */
function numberIn(cell: string | undefined): number {
  return Number.parseFloat((cell ?? '').replaceAll(',', ''));
}
