import { mkdir, rm } from 'node:fs/promises';
import { totalmem } from 'node:os';
import { join } from 'node:path';
import { childEnvironment } from '../../machine/child-environment.ts';
import { processTitle } from '../../machine/process-table.ts';
import { systemClock } from '../../machine/system-clock.ts';
import { writeWhole } from '../../machine/whole-file.ts';
import type { Crew } from '../../simulator/crew/crew.ts';
import { K6Engine } from '../../simulator/k6/k6-engine.ts';
import { type K6Command, type K6Process, k6Process } from '../../simulator/k6/k6-process.ts';
import type { Approach } from '../approach.ts';
import { frontOf } from './front.ts';
import { type K6Plan, scriptOf } from './k6-plan.ts';
import type { K6Program } from './k6-program.ts';

export type K6Cast = {
  program: K6Program;
  k6: K6Plan;
  runId: string;
  /** The run's own folder. */
  folder: string;
  /** A target that is there already; null for pods of our own, behind one address. */
  approach: Approach | null;
  platform: string;
  environment: string;
  /** More for the command line of k6. */
  more: readonly string[];
  words: K6Command['words'];
};

/** May hold tokens, and goes when play is over. */
const headersName = 'headers';

/** k6 plays the plan's crowd in a process of its own. What it says of itself is in `k6/` of the run's folder. */
export async function k6CrewOf(cast: K6Cast): Promise<{ crew: Crew; player: K6Process }> {
  const folder = join(cast.folder, 'k6');
  await mkdir(folder, { recursive: true });
  const script = join(folder, 'script.js');
  await writeWhole(script, (await scriptOf(cast.k6)).text);
  const front = cast.approach === null ? await frontOf(cast.runId) : null;
  const player = k6Process({
    program: cast.program.path,
    arguments: ['run', '--no-usage-report', '--address', '', ...outputOf(cast, folder), ...cast.more, script],
    title: processTitle('players', 'k6', cast.runId),
    env: { ...childEnvironment(), ...(await settingsOf(cast, folder, front?.origin ?? '')) },
    tells: cast.program.hasOutput,
    words: cast.words,
  });
  const crew: Crew = {
    engine: new K6Engine(systemClock, player),
    route: (endpoints) => front?.route(endpoints),
    close: async () => {
      await player.stop();
      await front?.close();
      await rm(join(folder, headersName), { force: true });
    },
  };
  return { crew, player };
}

function outputOf({ program }: K6Cast, folder: string): readonly string[] {
  return program.hasOutput ? ['--out', `launchstorm=${join(folder, 'runner')}`] : [];
}

/** Secrets go by a file that only we can read, never by an argument. */
async function settingsOf(
  { approach, platform, environment }: K6Cast,
  folder: string,
  origin: string,
): Promise<{ [name: string]: string }> {
  const settings: { [name: string]: string } = {
    LAUNCHSTORM_TARGET: approach === null ? origin : approach.target.origin + approach.target.basePath,
    LAUNCHSTORM_PLATFORM: platform,
    LAUNCHSTORM_ENVIRONMENT: environment,
    LAUNCHSTORM_QUIET: '1',
    ...memoryManners(process.env),
    ...spoken('NO_COLOR'),
    ...spoken('TERM'),
  };
  if (approach === null) return settings;
  const headers = Object.entries(approach.headers).map(([name, value]) => `${name}: ${value}\n`);
  if (headers.length > 0) {
    settings['LAUNCHSTORM_HEADERS_FILE'] = join(folder, headersName);
    await writeWhole(settings['LAUNCHSTORM_HEADERS_FILE'], headers.join(''), 0o600);
  }
  if (approach.trust.insecure) settings['LAUNCHSTORM_INSECURE'] = '1';
  if (approach.trust.ca !== undefined) {
    settings['SSL_CERT_FILE'] = join(folder, 'ca.pem');
    await writeWhole(settings['SSL_CERT_FILE'], approach.trust.ca);
  }
  return settings;
}

/**
 * Each player of k6 is a JavaScript machine of its own, and Go's collector goes through all of them: 0.1 s of a core for 200 players. By
 * Go's own rule (GOGC=100) it does so every five seconds, and players begin late meanwhile. Rarer, as long as there is memory; what the
 * user says of it goes before.
 */
function memoryManners({ GOGC, GOMEMLIMIT }: NodeJS.ProcessEnv): { [name: string]: string } {
  const bytes = Math.min(totalmem(), process.constrainedMemory() || Number.POSITIVE_INFINITY);
  return { GOGC: GOGC ?? '800', GOMEMLIMIT: GOMEMLIMIT ?? String(Math.floor(bytes / 2)) };
}

/** How the terminal wants to be spoken to. */
function spoken(name: 'NO_COLOR' | 'TERM'): { [name: string]: string } {
  const value = process.env[name];
  return value === undefined ? {} : { [name]: value };
}
