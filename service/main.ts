import { flushCompileCache } from 'node:module';
import { runProgram } from './program.ts';
import { openTreasureService } from './treasure-service.ts';

/** The reference treasure service: `node service/main.ts`. */
await runProgram(process.argv.slice(2), openTreasureService);
// Where NODE_COMPILE_CACHE is set: a pod that is killed would never write it down.
flushCompileCache();
