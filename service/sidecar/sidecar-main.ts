import { enableCompileCache, flushCompileCache } from 'node:module';
import { fileURLToPath } from 'node:url';

/**
 * The sidecar of a pod: `node service/sidecar/sidecar-main.ts`, configured by the same variables as the main process beside it.
 *
 * What Node has read and compiled once is kept for the next start, beside the code and nowhere else; where that cannot be written, nothing
 * is. With its own types left to strip, the sidecar would hold 20 MB of a compiler for its whole life; and memory is what a killed process
 * takes its time to give back before it lets go of the players' connections.
 */
enableCompileCache(fileURLToPath(new URL('../../node_modules/.cache/launchstorm', import.meta.url)));
const [{ runProgram }, { openSidecar }] = await Promise.all([import('../program.ts'), import('./sidecar.ts')]);
await runProgram(process.argv.slice(2), openSidecar);
// A process that is killed would never write it down.
flushCompileCache();
