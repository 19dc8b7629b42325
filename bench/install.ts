import { mkdir } from 'node:fs/promises';
import { cacheFolder } from './cache-folder.ts';
import { installPackages } from './peers/debian.ts';
import type { Peer } from './peers/peer.ts';
import { peersNamed } from './peers/table.ts';

/** Installs the peers that are missing: `node bench/install.ts [NAME …]`. What cannot be had is said, and left out of the bench. */
export async function installMissing(wanted: readonly Peer[], tell: (line: string) => void): Promise<readonly Peer[]> {
  const cache = cacheFolder();
  await mkdir(cache, { recursive: true });
  await installPackages({ nginx: 'nginx-light' }).catch((error: Error) => tell(`nginx: ${error.message}`));
  const ready: Peer[] = [];
  for (const peer of wanted) {
    try {
      if (!(await peer.isInstalled(cache))) {
        tell(`installing ${peer.name} ${peer.version} …`);
        await peer.install(cache);
      }
      ready.push(peer);
    } catch (error) {
      tell(`LEFT OUT: ${peer.name} ${peer.version} could not be installed: ${(error as Error).message}`);
    }
  }
  return ready;
}

if (import.meta.main) {
  const ready = await installMissing(peersNamed(process.argv.slice(2)), (line) => console.error(line));
  console.error(`ready: ${ready.map(({ name }) => name).join(', ')}`);
}
