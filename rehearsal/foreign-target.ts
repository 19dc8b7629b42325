import type { Problem } from '../core/problem.ts';
import type { Result } from '../core/result.ts';
import { systemClock } from '../machine/system-clock.ts';
import { createForeignPlatform, type ForeignOptions } from '../platforms/foreign/foreign-platform.ts';
import { identifyCache } from '../platforms/foreign/their-cache.ts';
import type { CacheTarget } from '../platforms/platform.ts';
import { transportOf } from '../simulator/crew/way.ts';
import { ask } from '../simulator/transports/plain-exchange.ts';
import { type Approach, type ApproachWishes, prepareApproach, wayTo } from './approach.ts';
import type { Plan } from './plan.ts';
import type { Prepared } from './prepare.ts';

type Wishes = ApproachWishes & { target?: string; environment?: string; dryRun?: boolean };

/** Where the service of a run lives, and how players get there. */
export type Place = Pick<Prepared, 'environment' | 'platform' | 'approach'>;

/** `--target URL`: the crowd and the faults of a scenario on something that is there already, as far as it can be broken. */
export async function placeThere(plan: Plan, redisUrl: string | null, wishes: Wishes): Promise<Result<Place>> {
  const touch = wishes.dryRun !== true;
  const approach = await prepareApproach(wishes.target, wishes, touch);
  const cache = await cacheOf(plan, redisUrl, touch);
  const problems = [
    ...(approach.ok ? [] : approach.problems),
    ...faultProblems(plan, redisUrl),
    ...optionProblems(plan, wishes),
    ...(cache.ok ? [] : cache.problems),
  ];
  if (problems.length > 0 || !approach.ok || !cache.ok) return { ok: false, problems };
  const { origin } = approach.value.target;
  const platform = createForeignPlatform({ origin, cache: cache.value, metrics: metricsOf(approach.value) });
  return { ok: true, value: { environment: null, platform, approach: approach.value } };
}

/** What a fault needs and a foreign target does not have; consent and guard are asked for wherever a Redis is named. */
function faultProblems({ faults, scenarioPath }: Plan, redisUrl: string | null): readonly Problem[] {
  return faults.flatMap(({ kind }, index) => {
    const place = `${scenarioPath}: timeline[${index}].fault`;
    if (kind !== 'redis-auth') {
      return [{ place, problem: `${kind}: the target has no pods of ours to kill`, remedy: 'leave it out, or rehearse without --target' }];
    }
    if (redisUrl !== null) return [];
    const remedy = "name it in LAUNCHSTORM_REDIS_URL, with --yes and a guard (--guard 'useful<0.5 for 5s'), or leave the fault out";
    return [{ place, problem: `${kind}: the Redis behind the target is not known`, remedy }];
  });
}

/** A run must not claim a configuration that nobody has applied. */
function optionProblems({ scenario, scenarioPath }: Plan, { environment }: Wishes): readonly Problem[] {
  const remedy = 'leave it out: a target is taken as it is';
  const problems: Problem[] = [];
  if (environment !== undefined)
    problems.push({ place: '--environment', problem: 'cannot be given to a target that is there already', remedy });
  if (Object.keys(scenario.service).length > 0) {
    problems.push({ place: `${scenarioPath}: service`, problem: 'cannot be set on a target that is there already', remedy });
  }
  return problems;
}

/** A Redis that no fault of this run touches is none of our business. */
async function cacheOf({ faults }: Plan, redisUrl: string | null, touch: boolean): Promise<Result<CacheTarget | null>> {
  if (redisUrl === null || !faults.some(({ kind }) => kind === 'redis-auth')) return { ok: true, value: null };
  return identifyCache(redisUrl, touch);
}

const metricsMsMax = 2000;

/** Reads /metrics on one standing connection of its own, the same way as the players go. */
function metricsOf(approach: Approach): NonNullable<ForeignOptions['metrics']> {
  const { origin, basePath } = approach.target;
  const connected = transportOf(wayTo(approach), systemClock).then((transport) => {
    transport.route([{ pod: 'target', origin, basePath }]);
    return transport;
  });
  const request = { method: 'GET', path: '/metrics', body: null, requestId: 'metrics' } as const;
  const read = async () => {
    const { kind, status, body } = await ask(await connected, 0, request, metricsMsMax);
    return kind === 'answered' && status === 200 ? body : null;
  };
  // One question at a time: that is all a connection takes.
  let last: Promise<string | null> = Promise.resolve(null);
  return {
    read() {
      last = last.then(read);
      return last;
    },
    close: async () => (await connected).close(),
  };
}
