import { mkdtemp, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Bench } from '../bench-run.ts';
import { type Profile, profileText, type Share, shareOfTruth } from '../page/profile.ts';
import { playAtFullSpeed } from './full-speed.ts';

const root = join(import.meta.dirname, '../..');

export type Truth = { share: Share; text: string };

/** The generator at full speed under Node's own profiler: what of its CPU goes to measuring and accounting. */
export async function profileTruth(bench: Bench): Promise<Truth> {
  const folder = await mkdtemp(join(bench.folder, 'truth-'));
  const nodeFlags = ['--cpu-prof', '--cpu-prof-interval', '500', '--cpu-prof-dir', folder];
  await playAtFullSpeed(bench, { folder, log: 'empties', seconds: bench.measuredSeconds + 3, nodeFlags });
  const file = (await readdir(folder)).find((name) => name.endsWith('.cpuprofile'));
  if (file === undefined) throw new Error(`no profile was written into ${folder}`);
  const profile = JSON.parse(await readFile(join(folder, file), 'utf8')) as Profile;
  return { share: shareOfTruth(profile), text: profileText(profile, root) };
}
