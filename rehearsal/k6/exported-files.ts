import { mkdir } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { shellWord } from '../approach.ts';
import { type K6Plan, scriptMark, scriptOf } from './k6-plan.ts';
import { testRunFiles, yamlMark } from './testrun.ts';

/** `mark` begins every file of that kind that we have written. */
export type ExportedFile = { path: string; text: string; mark: string };

export type Told = {
  seed: number;
  players: number;
  forMs: number;
  windows: readonly { name: string; fromMs: number; toMs: number }[];
  thresholds: { readonly [metric: string]: readonly string[] };
  notes: readonly string[];
  next: readonly string[];
};

type Wishes = { plan: K6Plan; out?: string; parallelism?: number };

/** What is to be written for a scenario's name, and what there is to say of it. Folders are made, files are not. */
export async function exportedFiles(
  kind: 'k6' | 'testrun',
  name: string,
  wishes: Wishes,
): Promise<{ files: readonly ExportedFile[]; told: Told }> {
  const { plan, out } = wishes;
  const { text, bodies } = await scriptOf(plan);
  const files =
    kind === 'k6' ? [scriptFile(out ?? `${name}.k6.js`, text)] : inFolder(out ?? `${name}-testrun`, testRunFiles(name, text, wishes));
  for (const { path } of files) await mkdir(dirname(resolve(path)), { recursive: true });
  return {
    files,
    told: { ...toldOf(plan, bodies), next: kind === 'k6' ? nextForK6(plan, files) : nextForTestRun(plan, out ?? `${name}-testrun`) },
  };
}

function scriptFile(path: string, text: string): ExportedFile {
  return { path, text, mark: scriptMark };
}

function inFolder(folder: string, files: readonly { name: string; text: string }[]): readonly ExportedFile[] {
  return files.map(({ name, text }) => ({ path: join(folder, name), text, mark: yamlMark }));
}

function toldOf({ facts, seed, scenario, notJudged }: K6Plan, bodies: number): Omit<Told, 'next'> {
  const faults =
    scenario.timeline.length === 0 ? [] : ['the script breaks nothing: its windows are those of the timeline, as if somebody did'];
  return {
    seed,
    players: facts.crowd.players,
    forMs: facts.endMs,
    windows: facts.windows,
    thresholds: facts.thresholds,
    notes: [...faults, ...notJudged.map((each) => `not judged: ${each}`), `${bodies} different request bodies`],
  };
}

function nextForK6({ facts }: K6Plan, files: readonly ExportedFile[]): readonly string[] {
  const target = facts.target === '' ? '-e LAUNCHSTORM_TARGET=http://127.0.0.1:8080 ' : '';
  return [`Play it: k6 run ${target}${shellWord(files[0]?.path ?? '')}`];
}

function nextForTestRun({ facts }: K6Plan, folder: string): readonly string[] {
  const where =
    'Nobody said where to play: export again with --target URL, or add LAUNCHSTORM_TARGET below spec.runner.env in testrun.yaml';
  return [
    ...(facts.target === '' ? [where] : []),
    `Play it: kubectl apply --server-side -f ${shellWord(folder)} (a script this long has no room in the annotation of a client-side apply)`,
    'These files were checked against the documented schema of k6.io/v1alpha1. They were not run on an operator.',
  ];
}
