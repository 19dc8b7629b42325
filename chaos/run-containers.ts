import { access } from 'node:fs/promises';
import { join } from 'node:path';

const projectFile = join('private', 'compose.json');

/**
 * Removes the Compose project that a run started for itself, where it did: its containers, networks and volumes. `ended`: how many
 * containers it were. Never rejects: an engine that does not answer is a problem for a person.
 */
export async function endContainersOfRun(folder: string): Promise<{ ended: number; problem: string | null }> {
  const found = await access(join(folder, projectFile)).then(
    () => true,
    () => false,
  );
  if (!found) return { ended: 0, problem: null };
  const { ownProjectIn, removeProject } = await import('../protocols/docker/project.ts');
  try {
    const project = await ownProjectIn(folder);
    return { ended: project === null ? 0 : await removeProject(project), problem: null };
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return { ended: 0, problem: `the containers of this run are still there: ${why}` };
  }
}
