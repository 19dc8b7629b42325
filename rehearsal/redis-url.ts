import type { Result } from '../core/result.ts';

/** A Redis of the user's, only ever from LAUNCHSTORM_REDIS_URL: an ambient REDIS_URL may be production. The password is never repeated. */
export function readRedisUrl(text: string | undefined): Result<string | null> {
  if (text === undefined || text === '') return { ok: true, value: null };
  const refuse = (problem: string): Result<string | null> => ({
    ok: false,
    problems: [{ place: 'LAUNCHSTORM_REDIS_URL', problem, remedy: 'write redis://user:password@host:6379' }],
  });
  if (!URL.canParse(text)) return refuse('is no URL');
  const url = new URL(text);
  if (url.protocol !== 'redis:') return refuse(`has the scheme ${url.protocol} (TLS is not supported yet)`);
  if (url.hostname === '') return refuse('names no host');
  if (url.password === '') return refuse('holds no password: there is nothing to break');
  return { ok: true, value: text };
}
