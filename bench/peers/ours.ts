import { fileURLToPath } from 'node:url';
import { playerFlags } from '../../simulator/crew/player-flags.ts';
import { sourceAddresses } from '../../simulator/crew/source-addresses.ts';
import { type Job, readPlayed } from '../ours/job.ts';
import { quantileMs } from '../ours/told.ts';
import { world } from '../server/answers.ts';
import type { Command, Peer, Work } from './peer.ts';

const program = fileURLToPath(new URL('../players.ts', import.meta.url));

/** As a single process plays it. Who lives at a pace arrives within four seconds; who hurries, at once. */
export function jobOf({ origin, players, everySeconds, seconds, warmupSeconds, poolFile }: Work): Job {
  return {
    origins: [origin],
    players,
    everyMs: everySeconds * 1000,
    joinMs: everySeconds > 0 ? 4000 : 0,
    seed: 17,
    world,
    shard: { index: 0, of: 1 },
    localAddresses: sourceAddresses({ places: players, processes: 1, endpoints: 1 })[0] ?? [],
    poolFile,
    warmupMs: warmupSeconds * 1000,
    measuredMs: (seconds - warmupSeconds) * 1000,
  };
}

export function commandFor(job: Job): Command {
  return { program: process.execPath, args: [...playerFlags, program, JSON.stringify(job)] };
}

export const ours: Peer = {
  name: 'launchstorm',
  version: 'this commit',
  what: 'the measured path is the one of a rehearsal: behaviours, judge, both histograms, accounting',
  checks: 'every answer in full: shape, order, loot, the treasure and the place asked for',
  async install() {},
  isInstalled: async () => true,
  command: async (work) => commandFor(jobOf(work)),
  figures(output) {
    const { whole } = readPlayed(output);
    return {
      requests: whole.sent,
      empty: whole.empty,
      failed: whole.wrong + whole.refused + whole.unknown + whole.unreachable + whole.dropped,
      p50Ms: quantileMs(whole.latencyUs, 0.5),
      p99Ms: quantileMs(whole.latencyUs, 0.99),
    };
  },
};
