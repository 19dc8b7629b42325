import { mkdir, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { writeWhole } from '../../machine/whole-file.ts';
import { projectFile, removeProject } from '../../protocols/docker/project.ts';
import { deploymentOf, publishedBy } from '../local/published.ts';
import { composeUp, findCompose } from './compose-cli.ts';
import type { ComposePlace } from './compose-problems.ts';
import type { Fleet } from './fleet.ts';
import { overridesFor } from './overrides.ts';
import { saveLogs } from './project-logs.ts';

/** Written down before anything is started: whoever finds the run without us knows what to remove. */
export async function startProject(
  fleet: Fleet,
  { engine, program, composeFile }: ComposePlace,
  progress: (line: string) => void,
): Promise<void> {
  const { environment, stopping } = fleet;
  const published = await publishedBy(program);
  const overrides = overridesFor(environment, { published, deployment: deploymentOf(published, environment.name), engine: engine.address });
  const compose = await findCompose(engine.address);
  if (compose === null) throw new Error('there is no docker compose of version 2 or later');
  stopping.signal.throwIfAborted();
  const path = join(environment.folder, projectFile);
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  await writeWhole(path, `${JSON.stringify(overrides, null, 2)}\n`, 0o600);
  fleet.project = overrides.name;
  progress(`docker compose ${compose.version}, project ${fleet.project}`);
  await composeUp(compose, { engine: engine.address, files: [composeFile, path], project: fleet.project, signal: stopping.signal });
}

/** Logs first, since they go with their containers; then everything that carries the project's name. Every step is tried. */
export async function endProject(fleet: Fleet, { engine }: ComposePlace): Promise<void> {
  const { environment, project } = fleet;
  if (project === '') return;
  await saveLogs(fleet, engine).catch(() => {});
  await removeProject({ name: project, engine: engine.address });
  await rm(join(environment.folder, dirname(projectFile)), { recursive: true, force: true });
}
