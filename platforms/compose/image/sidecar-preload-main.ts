import { pathToFileURL } from 'node:url';
import { untilReady } from './main-process.ts';

/**
 * `--import`ed by the sidecar's process (pod-main.ts): it loads what the sidecar is made of while the main process still starts, and lets
 * the sidecar begin when that serves. Whoever reaches the sidecar reaches a main process too, and a pod that died is back sooner.
 */

const program = pathToFileURL(process.argv[1] as string);
await import(new URL('./sidecar.ts', program).href);
await untilReady(Number(process.env['TREASURE_UPSTREAM_PORT']));
