import { join } from 'node:path';
import { demand, runToEnd } from '../processes/shell.ts';

/** Builds a program from the module proxy into the cache; Go's own caches stay where the user has them. */
export async function installFromGo(cache: string, module: string): Promise<void> {
  await demand('go', 'install Go 1.24 or newer');
  await runToEnd('go', ['install', module], { environment: { GOBIN: join(cache, 'go/bin') } });
}
