import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { systemClock } from '../../machine/system-clock.ts';
import { writeWhole } from '../../machine/whole-file.ts';
import { perform } from '../perform.ts';
import { prepare } from '../prepare.ts';
import type { Report } from '../report/format.ts';
import { pathsIn } from '../report/paths.ts';
import type { Voice } from '../voice.ts';
import { type PlayName, playRows } from './play-rows.ts';
import type { Played } from './played.ts';
import { startSampling } from './sampler.ts';

/** How a play ended; `played` null where it has no report, and then why. */
export type PlayEnd = { readonly played: Played | null; readonly problem: string | null; readonly exitCode: number | null };

/** `endedBy`: the exit code of a signal that came before anything was started, or null. */
export type PlayWishes = { seed: number; folder: string; endedBy: () => number | null };

/** One rehearsal of the story, in a folder of its own. Nobody reads along: the story tells what came of it. */
export async function play(name: PlayName, { seed, folder, endedBy }: PlayWishes): Promise<PlayEnd> {
  const { scenario, environment, samples } = playRows[name];
  const prepared = await prepare(scenario, { seed, environment, out: folder });
  if (!prepared.ok) {
    const problem = prepared.problems.map((each) => `${each.place}: ${each.problem}; ${each.remedy}`).join('; ');
    return { played: null, problem, exitCode: null };
  }
  const ended = endedBy();
  if (ended !== null) return { played: null, problem: 'the story was interrupted', exitCode: ended };
  const sampler = startSampling(prepared.value.platform, samples, systemClock);
  try {
    const exitCode = await perform(prepared.value, mute);
    const series = sampler.stop();
    const report = await reportIn(folder);
    if (report === null) return { played: null, problem: 'it left no report', exitCode };
    await writeWhole(join(folder, 'series.json'), `${JSON.stringify(series)}\n`);
    return { played: { report, series }, problem: null, exitCode };
  } finally {
    sampler.stop();
  }
}

const mute: Voice = { people: { write: () => true }, json: false, quiet: true, color: false, tty: false, columns: 100 };

async function reportIn(folder: string): Promise<Report | null> {
  try {
    return JSON.parse(await readFile(pathsIn(folder).json, 'utf8')) as Report;
  } catch {
    return null;
  }
}
