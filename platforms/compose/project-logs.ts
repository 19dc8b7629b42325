import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { masked } from '../../machine/secret-text.ts';
import { writeWhole } from '../../machine/whole-file.ts';
import type { Engine } from '../../protocols/docker/engine.ts';
import { logsFolder } from '../local/pod-environment.ts';
import { logBytesMax } from '../local/pod-log.ts';
import type { Fleet } from './fleet.ts';

const linesMax = 20_000;

/** What the pods printed, in `logs/<pod>.log`: the newest of it, without secrets. */
export async function saveLogs({ environment, pods, cache }: Fleet, engine: Engine): Promise<void> {
  const folder = logsFolder(environment);
  const secrets = cache === null ? [] : [cache.password];
  await mkdir(folder, { recursive: true });
  await Promise.allSettled(
    pods.map(async ({ name, id }) => {
      const text = masked(await engine.logs(id, linesMax), secrets);
      await writeWhole(join(folder, `${name}.log`), text.slice(-logBytesMax), 0o600);
    }),
  );
}
