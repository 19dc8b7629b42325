import type { Result } from '../../core/result.ts';
import { problemAt } from '../environment-problems.ts';
import { loginOf } from '../local/cache.ts';
import { identifyRedis } from '../local/redis-identity.ts';
import type { CacheTarget } from '../platform.ts';

const notAsked = { ok: true, engine: 'yours' } as const;

/** The Redis behind a foreign target, asked once who it is, unless nothing may be touched. The password is in no message. */
export async function identifyCache(redisUrl: string, touch: boolean): Promise<Result<CacheTarget>> {
  const place = 'LAUNCHSTORM_REDIS_URL';
  const login = loginOf(redisUrl);
  if (login === null) {
    return { ok: false, problems: [problemAt(place, 'is no address of a Redis with a password', 'write redis://user:password@host:6379')] };
  }
  const identity = touch ? await identifyRedis(login) : notAsked;
  if (identity.ok) return { ok: true, value: { ...login, engine: identity.engine, owned: false } };
  const problem = `${login.host}:${login.port} does not let us in: ${identity.problem}`;
  return { ok: false, problems: [problemAt(place, problem, 'check address, user and password')] };
}
