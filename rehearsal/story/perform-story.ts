import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { systemClock } from '../../machine/system-clock.ts';
import { courseOf } from '../../platforms/cluster-model/course.ts';
import { figuresOf } from '../../platforms/cluster-model/figures.ts';
import { bandaid, inputsWith } from '../../platforms/cluster-model/inputs.ts';
import { carelessStrategy } from '../../platforms/cluster-model/roll-out.ts';
import { environmentNames } from '../environment-names.ts';
import { exitCodes } from '../exit-code.ts';
import { currentCommit } from '../identity.ts';
import { shippedScenarios } from '../shipped-scenarios.ts';
import { exitCodeOfRows, judgeRows, type Problems, playsTold, type StoryTable } from './judge.ts';
import { play } from './play.ts';
import { type PlayName, playRows } from './play-rows.ts';
import type { Configuration, Evidence } from './played.ts';
import { playsFor, rowsOf } from './rows.ts';

export type StoryWishes = {
  seed: number;
  /** Numbers of the rows to show; null: all. */
  only: readonly number[] | null;
  /** Each play gets a folder in it. */
  folder: string;
  /** One line for people. */
  say: (line: string) => void;
};

/** Plays the story from its first row to its last, one play after the other, and judges what came of it. */
export async function performStory({ seed, only, folder, say }: StoryWishes): Promise<StoryTable> {
  const startedAtMs = systemClock.nowMs();
  const rows = rowsOf(only);
  const names = playsFor(rows);
  await mkdir(folder, { recursive: true });
  const told = await playAll(names, { seed, folder, say });
  const course = figuresOf(courseOf(seed, inputsWith(), bandaid, carelessStrategy));
  const evidence: Evidence = { plays: told.plays, course, configuration: configurationHere() };
  const judged = judgeRows(rows, evidence);
  return {
    format: 'launchstorm.story/1',
    seed,
    commit: await currentCommit(),
    durationMs: Math.round(systemClock.nowMs() - startedAtMs),
    rows: judged,
    plays: playsTold(names, evidence, told.problems),
    exitCode: told.cutShortBy ?? exitCodeOfRows(judged),
  };
}

function configurationHere(): Configuration {
  const hasValuesFile = existsSync(new URL('../../deploy/values.yaml', import.meta.url));
  return { scenarios: shippedScenarios().size, environments: environmentNames.length, hasValuesFile };
}

/** `cutShortBy`: the exit code of the play that ended the story, or null. */
type AllPlayed = { plays: Evidence['plays']; problems: Problems; cutShortBy: number | null };

/** Whoever interrupts a play means the story; what could not be put back must not be played upon. */
const endings: readonly number[] = [exitCodes.sigint, exitCodes.sigterm, exitCodes.restoreFailed];

/** Half a story is none to publish. */
export function wasCutShort({ exitCode }: StoryTable): boolean {
  return endings.includes(exitCode);
}

async function playAll(names: readonly PlayName[], { seed, folder, say }: Omit<StoryWishes, 'only'>): Promise<AllPlayed> {
  const plays: { [name in PlayName]?: Evidence['plays'][name] } = {};
  const problems: { [name in PlayName]?: string } = {};
  const between = noteSignals();
  for (const [index, name] of names.entries()) {
    const { environment, crowd, about } = playRows[name];
    say(`${index + 1} of ${names.length}  ${crowd} on ${environment}: ${about}`);
    const { played, problem, exitCode } = await play(name, { seed, folder: join(folder, name), endedBy: between.exitCode });
    if (played !== null) plays[name] = played;
    if (problem !== null) problems[name] = problem;
    say(`        ${endOf(played?.report.verdict ?? null, problem)}`);
    const ending = exitCode !== null && endings.includes(exitCode) ? exitCode : between.exitCode();
    if (ending !== null) {
      between.forget();
      return { plays, problems, cutShortBy: ending };
    }
  }
  between.forget();
  return { plays, problems, cutShortBy: null };
}

/** Within a play the play hears signals and ends; between two of them somebody must. */
function noteSignals(): { exitCode: () => number | null; forget: () => void } {
  let heard: number | null = null;
  const onInt = (): void => {
    heard = heard ?? exitCodes.sigint;
  };
  const onTerm = (): void => {
    heard = heard ?? exitCodes.sigterm;
  };
  process.on('SIGINT', onInt);
  process.on('SIGTERM', onTerm);
  return {
    exitCode: () => heard,
    forget() {
      process.off('SIGINT', onInt);
      process.off('SIGTERM', onTerm);
    },
  };
}

function endOf(verdict: { status: string; because: readonly string[] } | null, problem: string | null): string {
  return verdict === null ? `not played: ${problem}` : `${verdict.status}: ${verdict.because[0] ?? ''}`;
}
