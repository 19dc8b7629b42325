import { enableCompileCache, flushCompileCache } from 'node:module';

/**
 * The sidecar of a pod: `node service/sidecar/sidecar-main.ts`, configured by the same variables as the main process beside it.
 *
 * What Node has read and compiled once is kept for the next start, in its usual folder below the temp directory. With its own types left
 * to strip, the sidecar would hold 20 MB of a compiler for its whole life; and memory is what a killed process takes its time to give
 * back before it lets go of the players' connections.
 */
enableCompileCache();
const [{ runProgram }, { openSidecar }] = await Promise.all([import('../program.ts'), import('./sidecar.ts')]);
await runProgram(process.argv.slice(2), openSidecar);
// A process that is killed would never write it down.
flushCompileCache();
