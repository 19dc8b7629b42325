import { homedir } from 'node:os';
import { join } from 'node:path';

/** Where peers are installed and built: outside the repository, kept between runs. */
export function cacheFolder(): string {
  return join(process.env['XDG_CACHE_HOME'] || join(homedir(), '.cache'), 'launchstorm-bench');
}
