import { randomBytes } from 'node:crypto';
import type { Problem } from '../../core/problem.ts';
import { findRealServer, startCacheServer } from '../../protocols/redis-process.ts';
import { problemAt } from '../environment-problems.ts';
import type { CacheTarget, Environment } from '../platform.ts';
import { identifyRedis } from './redis-identity.ts';

/** `auto`: a real server where one is installed, else the embedded one; `none`: pods without a second cache level. */
export type CacheChoice = 'auto' | 'real' | 'embedded' | 'none';

export type OpenCache = { target: CacheTarget; stop(): Promise<void> };

/**
 * The cache of an environment: the user's own Redis, a private server with a password that nobody else knows, a dummy that takes any
 * password, or none.
 */
export async function openCache(environment: Environment, choice: CacheChoice, kind: 'guarded' | 'dummy'): Promise<OpenCache | null> {
  if (environment.redisUrl !== null) return useTheirs(environment.redisUrl);
  if (choice === 'none') return null;
  return startOurs(environment, kind === 'dummy' ? { prefer: 'auto', dummy: true } : { prefer: choice });
}

async function startOurs(
  { runId, folder }: Environment,
  choice: { prefer: 'auto' | 'real' | 'embedded'; dummy?: boolean },
): Promise<OpenCache> {
  const password = randomBytes(24).toString('base64url');
  const server = await startCacheServer({ runId, folder, password, ...choice });
  const { engine, host, port } = server;
  return { target: { engine, host, port, username: 'default', password, owned: true }, stop: () => server.stop() };
}

async function useTheirs(redisUrl: string): Promise<OpenCache> {
  const login = loginOf(redisUrl);
  if (login === null) throw new Error('the URL of your Redis cannot be read');
  const identity = await identifyRedis(login);
  if (!identity.ok) throw new Error(`your Redis at ${login.host}:${login.port}: ${identity.problem}`);
  return { target: { ...login, engine: identity.engine, owned: false }, stop: async () => {} };
}

/** What would keep the cache from being there. Asks, starts and changes nothing. */
export async function cacheProblems(redisUrl: string | null, choice: CacheChoice): Promise<readonly Problem[]> {
  if (redisUrl !== null) return theirProblems(redisUrl);
  if (choice === 'none' || choice === 'embedded') return [];
  const place = 'LAUNCHSTORM_REDIS_SERVER';
  try {
    const found = await findRealServer(process.env);
    if (found !== null || choice === 'auto') return [];
    return [problemAt(place, 'no redis-server or valkey-server on the PATH', 'install one, or name one here')];
  } catch (error) {
    return [problemAt(place, error instanceof Error ? error.message : String(error), 'name a program that can be run, or leave it out')];
  }
}

async function theirProblems(redisUrl: string): Promise<readonly Problem[]> {
  const place = 'LAUNCHSTORM_REDIS_URL';
  const login = loginOf(redisUrl);
  if (login === null) return [problemAt(place, 'is no address of a Redis with a password', 'write redis://user:password@host:6379')];
  const identity = await identifyRedis(login);
  if (identity.ok) return [];
  return [problemAt(place, `${login.host}:${login.port} does not let us in: ${identity.problem}`, 'check address, user and password')];
}

/** Null where the text is no `redis://` URL with a host and a password. */
export function loginOf(redisUrl: string): Pick<CacheTarget, 'host' | 'port' | 'username' | 'password'> | null {
  if (!URL.canParse(redisUrl)) return null;
  const url = new URL(redisUrl);
  if (url.protocol !== 'redis:' || url.hostname === '' || url.password === '') return null;
  return {
    host: url.hostname.replace(/^\[(.*)\]$/, '$1'),
    port: url.port === '' ? 6379 : Number(url.port),
    username: url.username === '' ? 'default' : decodeURIComponent(url.username),
    password: decodeURIComponent(url.password),
  };
}
