import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { engineAt } from './engine.ts';

/** A Compose project that a run started for itself: its name, the engine that it runs on, and how to find both when the run is gone. */

export const projectFile = join('private', 'compose.json');

/** What `compose.json` says beside the services: written before anything is started. */
export type OwnProject = { name: string; engine: string };

const ownProject = z.object({ name: z.string().min(1), 'x-launchstorm': z.object({ engine: z.string().min(1) }) });

/** Everything that Compose makes carries its project's name. */
export function projectLabel(name: string): string {
  return `com.docker.compose.project=${name}`;
}

/** Compose takes lower-case letters, digits, dashes and underscores. */
export function projectOfRun(runId: string): string {
  return `launchstorm-${runId.toLowerCase().replace(/[^a-z0-9_-]/g, '-')}`;
}

/** The project that the run in that folder started, or null: then it has nothing in containers. */
export async function ownProjectIn(folder: string): Promise<OwnProject | null> {
  const text = await readFile(join(folder, projectFile), 'utf8').catch(() => null);
  if (text === null) return null;
  const { name, 'x-launchstorm': own } = ownProject.parse(JSON.parse(text));
  return { name, engine: own.engine };
}

const roundsMax = 5;

/** Looks again until nothing is found: Compose may have been creating something just when it was ended. Says how many containers. */
export async function removeProject({ name, engine: address }: OwnProject): Promise<number> {
  const engine = engineAt(address);
  try {
    let removed = 0;
    for (let round = 0; round < roundsMax; round++) {
      const found = await engine.removeAll(projectLabel(name));
      removed += found;
      if (round > 0 && found === 0) break;
    }
    return removed;
  } finally {
    await engine.close();
  }
}
