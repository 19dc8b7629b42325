import { join } from 'node:path';
import { isThere } from '../processes/shell.ts';
import { installFromNpm } from './npm.ts';
import { besidePeers, lineAfter, type OwnFigures, type Peer } from './peer.ts';

const version = '9.0.0';

export const autocannon: Peer = {
  name: 'autocannon',
  version,
  what: 'npm; its own HTTP client in Node, latencies in whole milliseconds',
  checks: 'the loot, the treasure, the place and the number of tiles, by JSON.parse in `onResponse`',
  install: (cache) => installFromNpm(cache, [`autocannon@${version}`]),
  isInstalled: (cache) => isThere(join(cache, 'npm/node_modules/autocannon/package.json')),
  async command({ origin, players, seconds, bodiesFile, cache }) {
    const packages = join(cache, 'npm/node_modules/autocannon/package.json');
    const args = [besidePeers('autocannon/chain.mjs'), packages, origin, String(players), String(seconds), bodiesFile];
    return { program: process.execPath, args };
  },
  figures: (output) => JSON.parse(lineAfter(output, 'figures ')) as OwnFigures,
};
