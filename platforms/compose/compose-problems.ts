import { existsSync } from 'node:fs';
import type { Problem } from '../../core/problem.ts';
import type { Engine } from '../../protocols/docker/engine.ts';
import { environmentProblems, problemAt } from '../environment-problems.ts';
import { deploymentOf, publishedBy } from '../local/published.ts';
import { serviceProblems } from '../local/service-problems.ts';
import type { Environment } from '../platform.ts';
import { findCompose } from './compose-cli.ts';
import { containersOfService } from './containers.ts';
import { names } from './overrides.ts';

export type ComposePlace = { engine: Engine; program: string; composeFile: string; taken: string | null };

/** Everything that would stop the environment from coming up in containers, all at once. Starts and writes nothing. */
export async function composeProblems(environment: Environment, place: ComposePlace): Promise<readonly Problem[]> {
  const version = await place.engine.version();
  const ofPlace = place.taken === null ? await ownProblems(environment, place) : await takenProblems(environment, place, version !== null);
  return [
    ...environmentProblems(environment),
    ...(process.platform === 'linux' ? [] : [notLinux]),
    ...(version === null
      ? [problemAt('Docker', `no engine answers at ${place.engine.address}`, 'start it, or name another one in DOCKER_HOST')]
      : []),
    ...(environment.redisUrl === null ? [] : [theirRedis]),
    ...ofPlace,
  ];
}

/** A crash is a signal to a process, and Docker Desktop keeps those in a machine of its own. */
const notLinux = problemAt('--platform', 'compose kills processes of containers, which only Linux shows', 'take --platform local');
const theirRedis = problemAt('LAUNCHSTORM_REDIS_URL', 'is not reached from containers', 'leave it out: the project has a Redis of its own');

async function ownProblems(environment: Environment, { engine, program, composeFile }: ComposePlace): Promise<readonly Problem[]> {
  const problems: Problem[] = [...(await serviceProblems(environment, program))];
  if (!existsSync(composeFile))
    problems.push(problemAt('docker-compose.yml', `is not at ${composeFile}`, 'run from a clone of the repository'));
  if ((await findCompose(engine.address)) === null) {
    problems.push(problemAt('Docker', 'there is no docker compose of version 2 or later', 'https://docs.docker.com/compose/install'));
  }
  return [...problems, ...(await deploymentProblems(environment, program))];
}

/** What docker-compose.yml cannot be: a Redis that takes any password, a secret that is missing, telemetry from elsewhere. */
async function deploymentProblems({ name }: Environment, program: string): Promise<readonly Problem[]> {
  const published = await publishedBy(program).catch(() => null);
  if (published === null) return [];
  const { redis, redisSecret, telemetryFrom } = deploymentOf(published, name);
  if (redis === 'guarded' && redisSecret === 'given' && telemetryFrom === 'itself') return [];
  return [problemAt('environment', `${name} needs what only --platform local has`, 'take --environment sidecar, or --platform local')];
}

async function takenProblems(environment: Environment, { engine, taken }: ComposePlace, answers: boolean): Promise<readonly Problem[]> {
  const place = 'LAUNCHSTORM_COMPOSE_PROJECT';
  const asIs = 'a project that is there already is taken as it is: leave it out';
  const options = Object.keys(environment.service).map((key) => problemAt(`service.${key}`, 'cannot be set', asIs));
  if (!answers) return options;
  const found = await containersOfService(engine, taken ?? '', names.service);
  const running = found.filter(({ State }) => State.Running);
  if (running.length > 0) return options;
  return [
    ...options,
    problemAt(place, `project ${taken} has no running container of service ${names.service}`, 'docker compose up --detach'),
  ];
}
