import { publishedAt } from '../../protocols/docker/answers.ts';
import type { Engine } from '../../protocols/docker/engine.ts';
import { identifyRedis } from '../local/redis-identity.ts';
import type { CacheTarget } from '../platform.ts';
import { containersOfService } from './containers.ts';
import { names, ports } from './overrides.ts';

/** The cache of a project as this machine reaches it; its password comes out of the volume, through the engine. Null where there is none. */
export async function cacheOf(engine: Engine, project: string, owned: boolean): Promise<CacheTarget | null> {
  const [container] = await containersOfService(engine, project, names.cache);
  if (container === undefined) return null;
  const address = publishedAt(container, ports.cache);
  if (address === null) throw new Error(`${names.cache} of project ${project} publishes no port ${ports.cache} on this machine`);
  const [host = '', port = ''] = address.split(':');
  const password = (await engine.readFile(container.Id, names.password)).trim();
  const login = { host, port: Number(port), username: 'default', password };
  const identity = await identifyRedis(login);
  if (!identity.ok) throw new Error(`${names.cache} of project ${project} does not let us in: ${identity.problem}`);
  return { ...login, engine: owned ? identity.engine.replace(/ \(yours\)$/, '') : identity.engine, owned };
}
