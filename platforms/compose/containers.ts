import type { Container } from '../../protocols/docker/answers.ts';
import type { Engine } from '../../protocols/docker/engine.ts';
import { projectLabel } from '../../protocols/docker/project.ts';

/** The containers of one service of a project, in the order of their numbers: selected by their labels, whoever started them. */
export async function containersOfService(engine: Engine, project: string, service: string): Promise<readonly Container[]> {
  const ids = await engine.containers(projectLabel(project));
  const containers = (await Promise.all(ids.map((id) => engine.inspect(id)))).filter((container) => container !== null);
  return containers.filter((container) => labelOf(container, 'service') === service).sort((one, other) => numberOf(one) - numberOf(other));
}

/** Of its replicas, from 1. */
export function numberOf(container: Container): number {
  return Number(labelOf(container, 'container-number') ?? 0);
}

function labelOf({ Config }: Container, name: string): string | undefined {
  return Config.Labels?.[`com.docker.compose.${name}`];
}
