import { copyFile, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { demand, isThere, runToEnd } from '../processes/shell.ts';
import { besidePeers, type Peer } from './peer.ts';

const version = '3.15.0';

export const gatling: Peer = {
  name: 'Gatling',
  version,
  what: 'Maven; Java 17 or newer, Netty; warms up for longer than the others (JIT)',
  checks: 'loot, treasure and tiles, by JMESPath',
  async install(cache) {
    await demand('mvn', 'install Maven');
    await demand('javac', 'install a JDK 17 or newer');
    const folder = join(cache, 'gatling');
    await mkdir(folder, { recursive: true });
    const copy = ['dependency:copy-dependencies', `-DoutputDirectory=${folder}/lib`];
    await runToEnd('mvn', ['--quiet', '--batch-mode', '--file', besidePeers('gatling/pom.xml'), ...copy]);
    await runToEnd('javac', ['-cp', `${folder}/lib/*`, '-d', `${folder}/classes`, besidePeers('gatling/src/main/java/Chain.java')]);
    await copyFile(besidePeers('gatling/src/main/resources/logback.xml'), join(folder, 'classes/logback.xml'));
  },
  isInstalled: (cache) => isThere(join(cache, 'gatling/classes/Chain.class')),
  async command({ origin, players, seconds, folder, bodiesFile, cache }) {
    const home = join(cache, 'gatling');
    const settings = { origin, players, seconds, bodies: bodiesFile };
    const java = ['--add-opens=java.base/java.lang=ALL-UNNAMED', '-Xmx1g', '-cp', `${home}/lib/*:${home}/classes`];
    const properties = Object.entries(settings).map(([name, value]) => `-Dbench.${name}=${value}`);
    const run = ['io.gatling.app.Gatling', '--simulation', 'Chain', '--results-folder', join(folder, 'gatling'), '--no-reports'];
    return { program: 'java', args: [...java, ...properties, ...run] };
  },
  /** Its last table of the console: `> request count | 12,345 | 12,300 | 45`: all, ok, failed. */
  figures(output) {
    const global = cells(output, 'Global');
    const search = failures(output, 'search');
    const others = failures(output, 'spawns') + failures(output, 'biome');
    return { requests: global[0] ?? null, empty: search, failed: others, p50Ms: null, p99Ms: null };
  },
};

function cells(output: string, name: string): readonly number[] {
  const line = output.split('\n').findLast((each) => each.startsWith(`> ${name}`));
  if (line === undefined) throw new RangeError(`Gatling told nothing of ${name}: ${output.slice(-500)}`);
  return line
    .split('|')
    .slice(1)
    .map((cell) => Number(cell.trim().replaceAll(',', '')));
}

/** Of one request, in the last progress that it printed: `> search | 12,345 | 12,300 | 45`. */
function failures(output: string, name: string): number {
  return cells(output, name)[2] ?? 0;
}
