import { access, constants, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Problem } from '../../core/problem.ts';
import { environmentProblems, problemAt } from '../environment-problems.ts';
import type { Environment } from '../platform.ts';
import { type CacheChoice, cacheProblems } from './cache.ts';
import { serviceProblems } from './service-problems.ts';

/** Everything that would stop the environment from coming up on this machine, all at once. Starts and writes nothing. */
export async function localProblems(environment: Environment, program: string, cache: CacheChoice): Promise<readonly Problem[]> {
  const [readable, writable, ofCache, ofService] = await Promise.all([
    isAllowed(program, constants.R_OK),
    canHold(environment.folder),
    cacheProblems(environment.redisUrl, cache),
    serviceProblems(environment, program),
  ]);
  return [
    ...environmentProblems(environment),
    ...(readable ? [] : [problemAt('service', `${program} cannot be read`, 'is the installation complete?')]),
    ...(writable ? [] : [problemAt('folder', `${environment.folder} cannot be written`, 'choose another one with --out')]),
    ...ofCache,
    ...(readable ? ofService : []),
  ];
}

/** A folder that is there and writable, or one that could be made below such a folder. */
async function canHold(folder: string): Promise<boolean> {
  const found = await stat(folder).catch(() => null);
  if (found !== null) return found.isDirectory() && (await isAllowed(folder, constants.W_OK | constants.X_OK));
  const parent = dirname(folder);
  return parent !== folder && canHold(parent);
}

async function isAllowed(path: string, mode: number): Promise<boolean> {
  return access(path, mode).then(
    () => true,
    () => false,
  );
}
