import type { ContainersRef, FaultTarget } from '../chaos/fault.ts';
import { previewFault } from '../chaos/preview.ts';
import type { CacheTarget, Platform } from '../platforms/platform.ts';
import { musterText } from '../simulator/crew/muster.ts';
import type { Plan } from './plan.ts';
import { type PlannedFault, planText } from './plan-text.ts';
import type { Prepared } from './prepare.ts';

/** What a rehearsal would do, computed by the same pure decisions that the run will take: same seed, same targets. */
export function describePlan({ plan, environment, platform, approach, muster }: Prepared): { text: string; data: unknown } {
  const pods = Array.from({ length: environment?.pods ?? 0 }, (_, index) => `pod-${index + 1}`);
  const owned = environment !== null && platform.ownsPods !== false;
  const cache = environment === null ? theirs(platform.cache()) : cacheOf(environment.redisUrl, platform, owned);
  const target: FaultTarget = { runId: plan.runId, pods, podsOwned: owned, cache, containers: containersOf(platform, pods) };
  const planned = plan.faults.map((request) => plannedFault(request, target, plan));
  const where = {
    name: environment?.name ?? 'unknown',
    platform: platform.name,
    pods: approach === null ? pods : [`${approach.target.origin}${approach.target.basePath}`],
    generator: musterText(muster),
    cache: cache === null ? 'not touched' : `${cache.engine} at ${cache.address}`,
  };
  return { text: planText(plan, where, planned), data: { plan: withoutSecrets(plan), environment: where, faults: planned } };
}

/** Which containers it will be is known when they are there. */
function containersOf(platform: Platform, pods: readonly string[]): ContainersRef | null {
  const known = platform.containers?.();
  return known === undefined ? null : { ...known, ids: Object.fromEntries(pods.map((pod) => [pod, `container of ${pod}`])) };
}

function plannedFault(request: Plan['faults'][number], target: FaultTarget, plan: Plan): PlannedFault {
  return { atMs: request.atMs, forMs: request.forMs, ...previewFault(request, target, plan.seed) };
}

function theirs(cache: CacheTarget | null): FaultTarget['cache'] {
  if (cache === null) return null;
  const { host, port, owned, username, engine } = cache;
  return { address: `${host}:${port}`, owned, username, engine, facts: null };
}

function cacheOf(redisUrl: string | null, { name }: Platform, owned: boolean): NonNullable<FaultTarget['cache']> {
  if (redisUrl === null) {
    const engine = name === 'compose' ? 'the Redis of the project' : 'redis-server, valkey-server or the embedded cache server';
    return { address: '127.0.0.1:<a free port>', owned, username: 'default', engine, facts: null };
  }
  const url = new URL(redisUrl);
  const username = url.username === '' ? 'default' : decodeURIComponent(url.username);
  return { address: `${url.hostname}:${url.port === '' ? '6379' : url.port}`, owned: false, username, engine: 'yours', facts: null };
}

function withoutSecrets({ folder: _notCreated, ...plan }: Plan): Omit<Plan, 'folder'> {
  return plan;
}
