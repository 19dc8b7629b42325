import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isThere } from '../processes/shell.ts';
import { chest, mapSize, paths, spawnsRadius } from '../server/answers.ts';
import { installFromGo } from './go.ts';
import { lineAfter, type Peer, type Work } from './peer.ts';

const version = '12.13.0';

export const vegeta: Peer = {
  name: 'vegeta',
  version,
  what: 'Go module proxy; attacks at a rate, here without one (`-rate=0`), workers instead of players',
  checks: 'nothing but the status; the three requests in rotation, their order does not depend on answers',
  install: (cache) => installFromGo(cache, `github.com/tsenart/vegeta/v12@v${version}`),
  isInstalled: (cache) => isThere(join(cache, 'go/bin/vegeta')),
  async command(work) {
    const { players, seconds, folder, cache } = work;
    const targets = join(folder, 'targets.json');
    await writeFile(targets, await targetsOf(work));
    const program = join(cache, 'go/bin/vegeta');
    const attack = `"${program}" attack -format=json -targets="${targets}" -rate=0 -duration=${seconds}s`;
    const crew = `-workers=${players} -max-workers=${players} -connections=${players}`;
    return { program: 'sh', args: ['-c', `${attack} ${crew} | "${program}" report -type=json | sed 's/^/report /'`] };
  },
  figures(output) {
    const report = JSON.parse(lineAfter(output, 'report ')) as Report;
    const { requests, success, latencies } = report;
    return {
      requests,
      empty: null,
      failed: Math.round(requests * (1 - success)),
      p50Ms: latencies['50th'] / 1e6,
      p99Ms: latencies['99th'] / 1e6,
    };
  },
};

/** Latencies in nanoseconds. */
type Report = { requests: number; success: number; latencies: { '50th': number; '99th': number } };

async function targetsOf({ origin, bodiesFile }: Work): Promise<string> {
  const bodies = (await readFile(bodiesFile, 'utf8')).trimEnd().split('\n');
  const looks = [`${paths.spawns}?near=${chest.id}&radius=${spawnsRadius}`, `${paths.biome}?size=${mapSize}`];
  const targets = bodies.flatMap((body) => [
    {
      method: 'POST',
      url: `${origin}${paths.search}`,
      body: Buffer.from(body).toString('base64'),
      header: { 'content-type': ['application/json'] },
    },
    ...looks.map((path) => ({ method: 'GET', url: `${origin}${path}` })),
  ]);
  return targets.map((target) => `${JSON.stringify(target)}\n`).join('');
}
