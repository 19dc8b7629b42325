import type { Problem } from '../core/problem.ts';
import type { Environment } from './platform.ts';

/** Options that the platform sets itself: whoever overrides them breaks the environment, not the service. */
export const platformOptions: readonly string[] = [
  'host',
  'port',
  'portFile',
  'podName',
  'environment',
  'runId',
  'worldSeed',
  'redisHost',
  'redisPort',
  'redisUsername',
  'redisPassword',
  'accessLogFile',
  'upstreamPort',
  'upstreamPortFile',
  'diskCacheFolder',
];

const podsMax = 16;
const podMemoryMiBMax = 65_536;
/** Below this Node itself hardly fits, whatever the service does. */
const podMemoryMiBMin = 128;

/** What is wrong with an environment on every platform, all at once. */
export function environmentProblems({ pods, podMemoryMiB, seed, backoffScale, name, runId, service }: Environment): readonly Problem[] {
  return [
    ...within('pods', pods, [1, podsMax]),
    ...(podMemoryMiB === null ? [] : within('podMemoryMiB', podMemoryMiB, [podMemoryMiBMin, podMemoryMiBMax])),
    ...within('seed', seed, [0, Number.MAX_SAFE_INTEGER]),
    ...(backoffScale > 0 && backoffScale <= 1 ? [] : [problemAt('backoffScale', `${backoffScale} is out of range`, 'above 0, at most 1')]),
    ...named('name', name),
    ...named('runId', runId),
    ...Object.keys(service).flatMap((key) =>
      platformOptions.includes(key) ? [problemAt(`service.${key}`, 'is set by the platform', 'leave it out')] : [],
    ),
  ];
}

export function problemAt(place: string, problem: string, remedy: string): Problem {
  return { place, problem, remedy };
}

function within(place: string, value: number, [min, max]: readonly [number, number]): readonly Problem[] {
  if (Number.isInteger(value) && value >= min && value <= max) return [];
  return [problemAt(place, `${value} is out of range`, `a whole number, ${min} to ${max}`)];
}

/** Names end up in command lines, where a run's processes are found by them. */
function named(place: string, text: string): readonly Problem[] {
  if (/^[A-Za-z0-9][A-Za-z0-9._-]{0,62}$/.test(text)) return [];
  return [problemAt(place, `${JSON.stringify(text)} is no name`, 'letters, digits, dots and dashes, at most 63')];
}
