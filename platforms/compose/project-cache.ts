import { publishedAt } from '../../protocols/docker/answers.ts';
import type { Engine } from '../../protocols/docker/engine.ts';
import { identifyRedis } from '../local/redis-identity.ts';
import type { CacheTarget } from '../platform.ts';
import { containersOfService } from './containers.ts';
import { names, ports } from './overrides.ts';

/** It starts beside the pods, and may need a moment. */
const answersWithinMs = 15_000;
const askEveryMs = 100;

/** The cache of a project as this machine reaches it, or null. Its password comes out of the volume, through the engine. */
export async function cacheOf(engine: Engine, project: string, owned: boolean): Promise<CacheTarget | null> {
  const [container] = await containersOfService(engine, project, names.cache);
  if (container === undefined) return null;
  const address = publishedAt(container, ports.cache);
  if (address === null) throw new Error(`${names.cache} of project ${project} publishes no port ${ports.cache} on this machine`);
  const [host = '', port = ''] = address.split(':');
  const password = (await engine.readFile(container.Id, names.password)).trim();
  const login = { host, port: Number(port), username: 'default', password };
  const identity = await identified(login);
  if (!identity.ok) throw new Error(`${names.cache} of project ${project} does not let us in: ${identity.problem}`);
  return { ...login, engine: owned ? identity.engine.replace(/ \(yours\)$/, '') : identity.engine, owned };
}

async function identified(login: Parameters<typeof identifyRedis>[0]): ReturnType<typeof identifyRedis> {
  const giveUpAtMs = performance.now() + answersWithinMs;
  for (;;) {
    const identity = await identifyRedis(login);
    if (identity.ok || performance.now() > giveUpAtMs) return identity;
    await new Promise((resolve) => setTimeout(resolve, askEveryMs));
  }
}
