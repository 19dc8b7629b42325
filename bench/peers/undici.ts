import { besidePeers, lineAfter, type OwnFigures, type Peer } from './peer.ts';

/** What this project would be without a client of its own: the library that Node people take. */
export const undici: Peer = {
  name: 'undici',
  version: '8.12.4',
  what: 'npm, a dependency of this project; bare `Client.request` in a loop, one client a player',
  checks: 'the loot, the treasure, the place and the number of tiles, by `body.json()`; no histogram but a list of times',
  async install() {},
  isInstalled: async () => true,
  async command({ origin, players, everySeconds, seconds, bodiesFile }) {
    const args = [besidePeers('undici/chain.mjs'), origin, String(players), String(everySeconds), String(seconds), bodiesFile];
    return { program: process.execPath, args };
  },
  figures: (output) => JSON.parse(lineAfter(output, 'figures ')) as OwnFigures,
};
