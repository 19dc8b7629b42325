import { stateFolder } from '../chaos/state-folder.ts';
import type { Problem } from '../core/problem.ts';
import { freeBytesAt } from '../machine/disk.ts';

/** Logs of three pods (5 MB each at most), a report (5 MB), seconds, journal and the reserve, with something to spare. */
const runBytesMin = 48 * 1024 * 1024;
/** A line of a few hundred bytes a run, written whole beside the old one. */
const stateBytesMin = 256 * 1024;

/** A disk that is as good as full: a run that cannot write down how to put back breaks nothing, one without a report is worth little. */
export async function roomProblems(folder: string): Promise<readonly Problem[]> {
  const state = (await stateFolder()).path;
  return [
    ...(await problemAt('--out', folder, runBytesMin, 'free some, or name a folder on another disk with --out')),
    ...(await problemAt('state folder', state, stateBytesMin, 'free some, or set XDG_STATE_HOME to a folder on another disk')),
  ];
}

async function problemAt(place: string, path: string, bytesMin: number, remedy: string): Promise<readonly Problem[]> {
  const free = await freeBytesAt(path);
  if (free === null || free >= bytesMin) return [];
  return [{ place, problem: `${path} has room for ${inMiB(free)}, at least ${inMiB(bytesMin)} are needed`, remedy }];
}

function inMiB(bytes: number): string {
  return `${(bytes / 1_048_576).toFixed(1)} MiB`;
}
