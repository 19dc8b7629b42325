import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Result } from '../../core/result.ts';
import { writeWhole } from '../../machine/whole-file.ts';
import { haltProblems } from '../halted.ts';
import { freshSeed } from '../identity.ts';
import { roomProblems } from '../room.ts';
import { chooseFolder, folderProblems } from '../run-folder.ts';
import type { Voice } from '../voice.ts';
import { performStory, wasCutShort } from './perform-story.ts';
import { storyPage } from './story-page.ts';
import { storyText } from './story-text.ts';

export type StoryAsked = { seed?: number; only?: readonly number[]; out?: string };

/** `ownPage`: that of the repository, where it is to be written anew. */
export type PreparedStory = { seed: number; only: readonly number[] | null; folder: string; ownPage: string | null };

/** Everything that would stop it, before anything is started. */
export async function prepareStory({ seed = freshSeed(), only, out }: StoryAsked): Promise<Result<PreparedStory>> {
  const folder = chooseFolder(out, 'story', seed, new Date());
  const problems = [...(await folderProblems(out ?? '', out)), ...(await haltProblems()), ...(await roomProblems(folder))];
  if (problems.length > 0) return { ok: false, problems };
  return { ok: true, value: { seed, only: only ?? null, folder, ownPage: out === undefined && only === undefined ? ownPage() : null } };
}

/** The page of the repository that this copy of the tool is part of; an installed one has none. */
function ownPage(): string | null {
  const docs = fileURLToPath(new URL('../../docs/', import.meta.url));
  return existsSync(docs) ? join(docs, 'story.md') : null;
}

/** Plays, writes down, tells; resolves with the exit code. */
export async function tellStory({ seed, only, folder, ownPage: page }: PreparedStory, voice: Voice): Promise<number> {
  const { people, color, columns, json, quiet } = voice;
  const say = (line: string): void => {
    if (!quiet) people.write(`${line}\n`);
  };
  say(`The founding story, seed ${seed}, in ${folder}`);
  const table = await performStory({ seed, only, folder, say });
  await writeWhole(join(folder, 'story.json'), `${JSON.stringify(table, null, 2)}\n`);
  const pages = [join(folder, 'story.md'), ...(page === null || wasCutShort(table) ? [] : [page])];
  for (const path of pages) await writeWhole(path, storyPage(table));
  people.write(`\n${storyText(table, { color, columns })}`);
  say(`\nPage  ${pages.at(-1)}`);
  if (json) process.stdout.write(`${JSON.stringify(table, null, 2)}\n`);
  return table.exitCode;
}
