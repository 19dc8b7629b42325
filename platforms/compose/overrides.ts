import { projectOfRun } from '../../protocols/docker/project.ts';
import { variableOf } from '../local/pod-environment.ts';
import { type Deployment, type OptionValue, type Published, valueIn } from '../local/published.ts';
import type { Environment } from '../platform.ts';

const bytesPerMiB = 1_048_576;
/** What starts main process and sidecar, and the shell around them. */
const besideMiB = 64;

/** Where docker-compose.yml names the service, its cache, and what listens where in a pod. */
export const names = { service: 'treasure', cache: 'redis', password: '/secrets/redis-password' } as const;
/** How a pod is told that there is a sidecar in front of its main process (image/pod-main.ts). */
export const withSidecar = 'POD_SIDECAR=yes';
export const ports = { front: 8080, behind: 8081, cache: 6379 } as const;

export type Overrides = { name: string; 'x-launchstorm': { engine: string }; services: { [name: string]: unknown } };

/** What a run lays over docker-compose.yml: its environment, its number of pods, its limits. No secret is in it. */
export function overridesFor(environment: Environment, { published, deployment, engine }: Around): Overrides {
  const memory = memoryOf(environment, published);
  const { runId, name, seed, service, pods } = environment;
  const options: { [key: string]: OptionValue } = { ...service, environment: name, runId, worldSeed: seed };
  // Said even where the environment says the same: whoever starts the processes in the container sets their heaps by it.
  options['memoryBytesMax'] = memory.mainMiB * bytesPerMiB;
  if (deployment.sidecar) options['sidecarMemoryBytesMax'] = memory.sidecarMiB * bytesPerMiB;
  const variables = Object.entries(options).map(([key, value]) => [variableOf(key), value === null ? 'none' : String(value)]);
  return {
    name: projectOfRun(runId),
    'x-launchstorm': { engine },
    services: {
      [names.service]: {
        environment: { ...Object.fromEntries(variables), POD_SIDECAR: deployment.sidecar ? 'yes' : 'no' },
        deploy: { replicas: pods },
        mem_limit: `${memory.mainMiB + (deployment.sidecar ? memory.sidecarMiB : 0) + besideMiB}m`,
      },
    },
  };
}

type Around = { published: Published; deployment: Deployment; engine: string };

function memoryOf({ name, service, podMemoryMiB }: Environment, published: Published): { mainMiB: number; sidecarMiB: number } {
  const value = valueIn(published, name, service);
  const mib = (key: string) => Math.ceil(Number(value(key)) / bytesPerMiB);
  return { mainMiB: podMemoryMiB ?? mib('memoryBytesMax'), sidecarMiB: mib('sidecarMemoryBytesMax') };
}
