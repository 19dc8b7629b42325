import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type { CacheTarget, Environment } from '../platform.ts';
import type { BoxRules } from './box.ts';
import type { ContainerRole } from './container.ts';
import type { Pod } from './pod.ts';
import { cacheOptions, logsFolder, podEnvironment, privateFolder, type Seat } from './pod-environment.ts';
import type { PodProcessPlan } from './pod-process.ts';
import { type Deployment, type Published, valueIn } from './published.ts';

/** How the next process of a container of a pod is to be started. */
export type PlanOf = (pod: Pod, role: ContainerRole) => PodProcessPlan;

type Setting = {
  environment: Environment;
  rules: BoxRules;
  published: Published;
  deployment: Deployment;
  cache: CacheTarget | null;
};

const bytesPerMiB = 1_048_576;
const memoryMiBByDefault = 512;

export function podPlans({ environment, rules, published, deployment, cache }: Setting): PlanOf {
  const value = valueIn(published, environment.name, environment.service);
  const memoryMiB = { main: environment.podMemoryMiB ?? inMiB(value('memoryBytesMax')), sidecar: inMiB(value('sidecarMemoryBytesMax')) };
  const ofCache = cacheOptions(cache, deployment.redisSecret);
  return (pod, role) => {
    // Players talk to the front: it writes down what they were answered, and asks the second cache level.
    const isFront = role === 'sidecar' || pod.sidecar === null;
    const seat = seatOf(pod.name, role, environment);
    // The name stays over restarts, so that a sidecar finds it again; an old announcement must never be taken for a new one.
    rmSync(seat.portFile, { force: true });
    return {
      role: role === 'main' ? 'pod' : 'sidecar',
      name: pod.name,
      runId: environment.runId,
      program: role === 'main' ? rules.program : rules.sidecarProgram,
      memoryMiB: memoryMiB[role],
      variables: podEnvironment(environment, isFront ? ofCache : {}, {
        ...seat,
        accessLogFile: isFront && rules.accessLog ? join(logsFolder(environment), `${pod.name}.access`) : null,
      }),
      portFile: seat.portFile,
      logFile: join(logsFolder(environment), role === 'main' ? `${pod.name}.log` : `${pod.name}-sidecar.log`),
    };
  };
}

function seatOf(podName: string, role: ContainerRole, environment: Environment): Omit<Seat, 'accessLogFile'> {
  const portFile = (of: ContainerRole) => join(privateFolder(environment), `${podName}.${of}.port`);
  return {
    podName,
    portFile: portFile(role),
    diskCacheFolder: join(privateFolder(environment), `${podName}.cache`),
    upstreamPortFile: role === 'sidecar' ? portFile('main') : null,
  };
}

function inMiB(bytes: unknown): number {
  return typeof bytes === 'number' ? Math.floor(bytes / bytesPerMiB) : memoryMiBByDefault;
}
