import { flushCompileCache } from 'node:module';
import { runProgram } from '../program.ts';
import { openSidecar } from './sidecar.ts';

/** The sidecar of a pod: `node service/sidecar/sidecar-main.ts`, configured by the same variables as the main process beside it. */
await runProgram(process.argv.slice(2), openSidecar);
// As in the main process.
flushCompileCache();
